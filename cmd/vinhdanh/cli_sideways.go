package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// sidewaysCommands are the acts beside the way up.
func sidewaysCommands(s *settings) []*cobra.Command {
	reasoned := func(verb, short string, withItems bool) *cobra.Command {
		c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
		var in app.ReasonInput
		targetFlags(c, &in.Target)
		c.Flags().StringVar(&in.Reason, "reason", "", "why")
		given := new([]string)
		if withItems {
			given = c.Flags().StringSlice("item", nil, "items (positions or ids); none means the whole case")
		}
		c.RunE = func(cmd *cobra.Command, args []string) (err error) {
			if in.Items, err = items(cmd, s, args[0], *given); err != nil {
				return err
			}
			return doCase(cmd, s, args[0], verb, in)
		}
		return c
	}
	return []*cobra.Command{
		reasoned("recall", "Rút về để sửa · Take back to correct", false),
		reasoned("withdraw", "Xin rút hồ sơ · Withdraw", false),
		reasoned("hold", "Tạm dừng xét · Pause", true),
		reasoned("release", "Bỏ tạm dừng · End a pause", true),
		proposalReconsider(s), proposalLower(s), proposalReassign(s),
	}
}

func proposalReconsider(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "reconsider ID", Short: "Đề nghị xem xét lại · Ask to look again, once", Args: cobra.ExactArgs(1)}
	var in app.ReconsiderInput
	targetFlags(c, &in.Target)
	given := c.Flags().StringSlice("item", nil, "items (positions or ids)")
	_ = c.MarkFlagRequired("item") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.Items, err = items(cmd, s, args[0], *given); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "reconsider", in)
	}
	return c
}

func proposalLower(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "lower ID", Short: "Chuyển sang mức thấp hơn · A lower award for an item", Args: cobra.ExactArgs(1)}
	var in app.LowerInput
	targetFlags(c, &in.Target)
	item := c.Flags().String("item", "", "the item (position or id)")
	c.Flags().StringVar(&in.Award, "award", "", "code of the lower award")
	_ = errors.Join(c.MarkFlagRequired("item"), c.MarkFlagRequired("award")) // both are declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		ids, err := items(cmd, s, args[0], []string{*item})
		if err != nil {
			return err
		}
		in.Item = ids[0]
		return doCase(cmd, s, args[0], "lower", in)
	}
	return c
}

func proposalReassign(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "reassign ID", Short: "Chuyển cho đơn vị kế thừa · Hand over to a successor", Args: cobra.ExactArgs(1)}
	var in app.ReassignInput
	targetFlags(c, &in.Target)
	f := c.Flags()
	f.StringVar(&in.From, "from", "", "unit that hands over")
	f.StringVar(&in.To, "to", "", "unit that takes over")
	f.StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error { return doCase(cmd, s, args[0], "reassign", in) }
	return c
}

func itemCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "item", Short: "Trường hợp trong hồ sơ nháp · Items of a draft"}
	c.AddCommand(itemEdit(s), itemRemove(s))
	c.AddCommand(typingCommands(s)...)
	return c
}

// findItem reads an item through its submission.
func findItem(cmd *cobra.Command, s *settings, submission, id string) (app.SubmissionView, app.ItemView, error) {
	v, err := fetch[app.SubmissionView](cmd.Context(), s, client.Path("submissions", submission))
	if err != nil {
		return v, app.ItemView{}, s.failed(cmd, err)
	}
	for _, p := range v.Proposals {
		for _, it := range p.ItemList {
			if it.ID == id {
				return v, it, nil
			}
		}
	}
	return v, app.ItemView{}, &client.Problem{Code: app.CodeNotFound, Title: app.Title(app.CodeNotFound, s.Lang)}
}

func itemEdit(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "edit ITEM --submission ID --set FIELD=VALUE", Short: "Sửa một trường hợp · Correct an item", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh item edit 6f1c… --submission HS-2023-0001 --set birth_year=1984 --set position='Giáo viên'",
	}
	submission := c.Flags().String("submission", "", "its submission")
	set := c.Flags().StringArray("set", nil, "FIELD=VALUE: name, form, sex, birth_year, position, workplace, achievement, period, period_kind, note; may be repeated")
	facts := c.Flags().String("facts", "", "JSON file with the facts that the rules read")
	_ = c.MarkFlagRequired("submission") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		sub, it, err := findItem(cmd, s, *submission, args[0])
		if err != nil {
			return err
		}
		in := app.EditInput{Version: sub.Version, Content: it.Content}
		patch := map[string]any{}
		for _, g := range *set {
			field, value, ok := strings.Cut(g, "=")
			if !ok {
				return usage("--set is FIELD=VALUE")
			}
			patch[field] = value
			if n, err := strconv.Atoi(value); err == nil && field == "birth_year" {
				patch[field] = n
			}
		}
		raw, err := json.Marshal(patch)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &in.Content); err != nil {
			return usage("--set: " + err.Error())
		}
		if err := loadJSON(cmd, *facts, &in.Content.Facts); err != nil {
			return err
		}
		r := client.Request{Method: http.MethodPut, Path: client.Path("items", args[0]), Body: in}
		return call(cmd, s, r, func(p *page, v app.ItemView) {
			p.row(v.Position, v.Content.PrintedLine(), p.verdict(v.Verdict))
		})
	}
	return c
}

func itemRemove(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "remove ITEM --submission ID", Short: "Bỏ một trường hợp · Take an item out", Args: cobra.ExactArgs(1)}
	submission := c.Flags().String("submission", "", "its submission")
	_ = c.MarkFlagRequired("submission") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		sub, _, err := findItem(cmd, s, *submission, args[0])
		if err != nil {
			return err
		}
		return drop(cmd, s, client.Path("items", args[0]), url.Values{"version": {strconv.Itoa(sub.Version)}})
	}
	return c
}

// drop deletes something.
func drop(cmd *cobra.Command, s *settings, path string, q url.Values) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	_, err = c.Do(cmd.Context(), client.Request{Method: http.MethodDelete, Path: path, Query: q})
	return s.failed(cmd, err)
}
