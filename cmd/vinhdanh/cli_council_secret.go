package main

import (
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
)

// councilSecret are the verbs for secret ballots that are held electronically.
func councilSecret(s *settings) []*cobra.Command {
	key := &cobra.Command{Use: "ballot-key ID", Short: "Tạo mảnh khóa của tôi, hiện một lần · Make my share, shown once", Args: cobra.ExactArgs(1)}
	key.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, client.Request{Method: "POST", Path: client.Path("sessions", args[0], "ballot-key")}, func(p *page, v app.ShareView) {
			p.line("%s", v.Share)
		})
	}
	return []*cobra.Command{
		key, councilSeal(s), councilUnseal(s), councilRecount(),
		councilShow(s, "secret-ballot", "Phiếu kín của tôi · What my sealed ballot asks", showSecretBallot),
		councilSealedAct(s, "freeze-ballots", "Chủ trì khóa hòm phiếu kín · Close the box of sealed ballots"),
		councilSealedAct(s, "attest-count", "Thư ký xác nhận kết quả mở phiếu · Attest the opening"),
		councilSecretRecord(s),
	}
}

// councilSeal seals the ballot on this machine: no choice leaves it in the clear.
func councilSeal(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "cast-sealed ID", Short: "Bỏ phiếu kín điện tử, mã hóa tại máy này · Seal a ballot here and cast it", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh council cast-sealed HĐ-2023-0001 --default yes --item 6f1c…=no",
	}
	all := c.Flags().String("default", "", "yes, no or abstain for every item that is not named")
	named := c.Flags().StringToString("item", nil, "ITEM=yes, no or abstain; may be repeated")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		b, err := fetch[app.SecretBallotView](cmd.Context(), s, client.Path("sessions", args[0], "secret-ballot"))
		if err != nil {
			return s.failed(cmd, err)
		}
		choices, err := b.Letters(*named, *all)
		if err != nil {
			return s.failed(cmd, err)
		}
		var keys ballotbox.Keys
		if keys.Chair, err = hex.DecodeString(b.Chair); err == nil {
			keys.Secretary, err = hex.DecodeString(b.Second)
		}
		if err != nil {
			return s.failed(cmd, err)
		}
		sealed, err := ballotbox.Seal(keys, b.Box, b.Member, choices)
		if err != nil {
			return s.failed(cmd, err)
		}
		in := app.SecretInput{Sealed: hex.EncodeToString(sealed), Round: b.BoxOf}
		return call(cmd, s, write(client.Path("sessions", args[0], "cast-sealed"), in), func(p *page, v app.Done) {
			showDone(p, v)
			p.line("%s %s", p.t("Biên nhận:", "Receipt:"), ballotbox.Digest(sealed))
		})
	}
	return c
}

func councilUnseal(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "count-sealed ID", Short: "Mở phiếu kín bằng hai mảnh khóa · Open the sealed ballots with both shares", Args: cobra.ExactArgs(1)}
	chair := c.Flags().String("chair-share", "", "file with the chair's share")
	second := c.Flags().String("secretary-share", "", "file with the secretary's share (- for standard input)")
	c.MarkFlagsRequiredTogether("chair-share", "secretary-share")
	_ = c.MarkFlagRequired("chair-share") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var in app.SharesInput
		for path, into := range map[*string]*string{chair: &in.Chair, second: &in.Secretary} {
			raw, err := load(cmd, *path)
			if err != nil {
				return err
			}
			*into = strings.TrimSpace(string(raw))
		}
		return call(cmd, s, write(client.Path("sessions", args[0], "count-sealed"), in), showDone)
	}
	return c
}

func councilSealedAct(s *settings, verb, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	var in app.BoxInput
	c.Flags().IntVar(&in.Round, "round", 1, "which ballot's box: 2 in a second ballot")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("sessions", args[0], verb), in), showDone)
	}
	return c
}

func councilSecretRecord(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "secret-record ID", Short: "Danh sách phiếu kín đã công bố, JSON · The published rows", Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", "secret-record", "file to write, - for standard output")
	round := c.Flags().Int("round", 0, "1 or 2; empty: the ballot whose box is in use")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("sessions", args[0], "secret-record"), url.Values{"round": {strconv.Itoa(*round)}}), *out)
	}
	return c
}

// councilRecount counts published rows anew. It needs no server.
func councilRecount() *cobra.Command {
	c := &cobra.Command{Use: "recount FILE", Short: "Đếm lại phiếu kín đã công bố, không cần máy chủ · Count published rows again, offline", Args: cobra.ExactArgs(1)}
	receipt := c.Flags().String("receipt", "", "a voter's receipt that must be in the committed set")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var r council.Record
		if err := loadJSON(cmd, args[0], &r); err != nil {
			return err
		}
		if err := council.Recount(r, *receipt); err != nil {
			return fmt.Errorf("không khớp · it does not hold: %w", err)
		}
		for _, it := range r.Items {
			fmt.Fprintf(cmd.OutOrStdout(), "%s  %s  %s\n", it.Item, it.Votes, it.Line)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Khớp: %d phiếu, %d trường hợp · It holds: %d ballots, %d items\n", len(r.Ballots), len(r.Items), len(r.Ballots), len(r.Items))
		return nil
	}
	return c
}

func showSecretBallot(p *page, v app.SecretBallotView) {
	for _, it := range v.Items {
		p.row(short(it.Line, 50), it.Blocked, it.Item)
	}
	if v.Receipt != "" {
		p.line("%s %s", p.t("Biên nhận:", "Receipt:"), v.Receipt)
	}
}
