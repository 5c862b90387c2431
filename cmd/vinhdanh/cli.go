package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"vinhdanh/internal/client"
)

// settings are how a client verb reaches the server. A flag wins over the
// environment, which wins over the file.
type settings struct {
	URL   string `yaml:"url"`
	Token string `yaml:"token"`
	Lang  string `yaml:"lang"`
	json  bool
}

// clientCommands are the verbs for people: everything they do goes through the API.
func clientCommands() []*cobra.Command {
	var s settings
	cmds := []*cobra.Command{
		importCommand(&s), submissionCommand(&s), itemCommand(&s), proposalCommand(&s), councilCommand(&s),
		decisionCommand(&s), revocationCommand(&s), outcomeLetterCommand(&s), inboxCommand(&s), meCommand(&s), attemptCommand(&s), auditCommand(&s), lawCommand(&s),
		campaignCommand(&s), delegationCommand(&s), duplicateCommand(&s), permissionsCommand(&s), providersCommand(&s),
		accountCommand(&s), adminCommand(&s), searchCommand(&s), listCommand(&s), ledgerCommand(&s),
	}
	cmds = append(cmds, reviewCommands(&s)...)
	cmds = append(cmds, everyoneCommands(&s)...)
	for _, c := range cmds {
		f := c.PersistentFlags()
		f.StringVar(&s.URL, "url", "", "server, such as https://thidua.example (VINHDANH_URL)")
		f.StringVar(&s.Token, "token", "", "bearer token (VINHDANH_TOKEN; rather than on the command line)")
		f.StringVar(&s.Lang, "lang", "", "vi (default) or en (VINHDANH_LANG)")
		f.BoolVar(&s.json, "json", false, "print the answer as JSON, for programs")
	}
	return append(cmds, exitCodesTopic())
}

// complete fills in what no flag gave, from the environment and then the file.
func (s *settings) complete() error {
	var file settings
	if dir, err := os.UserConfigDir(); err == nil {
		if err := readSettings(filepath.Join(dir, "vinhdanh", "config.yaml"), &file); err != nil {
			return err
		}
	}
	first := func(values ...string) string {
		for _, v := range values {
			if v != "" {
				return v
			}
		}
		return ""
	}
	s.URL = first(s.URL, os.Getenv("VINHDANH_URL"), file.URL)
	s.Token = first(s.Token, os.Getenv("VINHDANH_TOKEN"), file.Token)
	s.Lang = first(s.Lang, os.Getenv("VINHDANH_LANG"), file.Lang, "vi")
	if s.Lang != "vi" && s.Lang != "en" {
		return usage("--lang is vi or en, not " + s.Lang)
	}
	return nil
}

// readSettings reads the settings file, which holds a token and is its owner's only.
func readSettings(path string, into *settings) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return usage(path + " holds a token and others can read it; run: chmod 600 " + path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return usage(path + ": " + err.Error())
	}
	return nil
}

// client connects; it says what is missing.
func (s *settings) client() (*client.Client, error) {
	if err := s.complete(); err != nil {
		return nil, err
	}
	u, err := url.Parse(s.URL)
	if s.URL == "" || err != nil || u.Host == "" {
		return nil, usage("set VINHDANH_URL (or --url) to the server's address, such as https://thidua.example")
	}
	if s.Token == "" {
		return nil, usage("set VINHDANH_TOKEN (or --token) to your token; an administrator issues one: vinhdanh token issue LOGIN")
	}
	return &client.Client{URL: s.URL, Token: s.Token, Lang: s.Lang}, nil
}

// printer shows one kind of answer to people.
type printer[T any] func(out *page, v T)

// call does a request and shows its answer: as JSON for programs, else by print.
func call[T any](cmd *cobra.Command, s *settings, r client.Request, print printer[T]) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	v, resp, err := client.Send[T](cmd.Context(), c, r)
	if err != nil {
		return s.failed(cmd, err)
	}
	if s.json {
		_, err = cmd.OutOrStdout().Write(resp.Body)
	} else {
		out := newPage(cmd.OutOrStdout(), s.Lang)
		print(out, v)
		err = out.flush()
	}
	if err == nil && resp.Status == http.StatusAccepted {
		return &pendingError{follow: resp.Header.Get("Location")}
	}
	return err
}

// failed shows a problem as JSON where programs listen.
func (s *settings) failed(cmd *cobra.Command, err error) error {
	var p *client.Problem
	if s.json && errors.As(err, &p) && json.Valid(p.Raw) {
		fmt.Fprintf(cmd.OutOrStdout(), "%s\n", p.Raw)
	}
	return err
}

// read is a request that changes nothing.
func read(path string, q url.Values) client.Request {
	return client.Request{Method: http.MethodGet, Path: path, Query: q}
}

func write(path string, body any) client.Request {
	return client.Request{Method: http.MethodPost, Path: path, Body: body}
}

// save stores a file that the server answers with.
func save(cmd *cobra.Command, s *settings, r client.Request, path string) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	resp, err := c.Do(cmd.Context(), r)
	if err != nil {
		return s.failed(cmd, err)
	}
	return store(cmd, path, resp.Body)
}

// store writes a file, or standard output for "-".
func store(cmd *cobra.Command, path string, content []byte) error {
	if path == "-" {
		_, err := cmd.OutOrStdout().Write(content)
		return err
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), path)
	return nil
}

// load reads a file, or standard input for "-".
func load(cmd *cobra.Command, path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(cmd.InOrStdin())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usage(err.Error())
	}
	return data, nil
}

// loadJSON reads a JSON file over what the flags said; "" leaves it as it is.
func loadJSON(cmd *cobra.Command, path string, into any) error {
	if path == "" {
		return nil
	}
	data, err := load(cmd, path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return usage(path + ": " + err.Error())
	}
	return nil
}

// fetch reads one thing for a verb that needs to know it first.
func fetch[T any](ctx context.Context, s *settings, path string) (T, error) {
	var none T
	c, err := s.client()
	if err != nil {
		return none, err
	}
	v, _, err := client.Get[T](ctx, c, path, nil)
	return v, err
}
