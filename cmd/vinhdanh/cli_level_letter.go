package main

import (
	"net/url"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// levelLetterCommand draws up the tờ trình of one's level over items of many units.
func levelLetterCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "level-letter", Short: "Tờ trình của cấp mình · The letter of my level"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê tờ trình · List the letters", Args: cobra.NoArgs}
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/level-letters", nil), func(p *page, v []app.LevelLetter) {
			for _, l := range v {
				p.levelLetter(l)
			}
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Xem tờ trình · Show a letter", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("level-letters", args[0]), nil), func(p *page, l app.LevelLetter) {
			p.levelLetter(l)
			p.row("", p.t("Kính gửi", "To"), l.Addressee)
			p.row("", l.Body)
		})
	}
	drop := &cobra.Command{Use: "drop ID", Short: "Xóa bản nháp · Forget a letter", Args: cobra.ExactArgs(1)}
	drop.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("level-letters", args[0], "drop"), nil), func(p *page, _ struct{}) {
			p.row(p.t("Đã xóa tờ trình.", "The letter is forgotten."))
		})
	}
	doc := &cobra.Command{
		Use: "document ID NAME", Short: "Tải Word · The letter or its list as Word", Args: cobra.ExactArgs(2),
		Long: "NAME: to-trinh.docx, danh-sach.docx.",
	}
	out := doc.Flags().StringP("output", "o", "", "file to write, - for standard output; empty: NAME")
	doc.RunE = func(cmd *cobra.Command, args []string) error {
		if *out == "" {
			*out = args[1]
		}
		return save(cmd, s, read(client.Path("level-letters", args[0], "documents", args[1]), nil), *out)
	}
	c.AddCommand(list, levelLetterSave(s), show, drop, doc)
	return c
}

// levelLetterSave changes what is given and keeps the rest, of a letter or of the
// words that are proposed for a new one.
func levelLetterSave(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "save [ID]", Short: "Soạn hoặc sửa tờ trình · Draw up or change a letter", Args: cobra.MaximumNArgs(1),
		Example: "  vinhdanh level-letter save --from 2023-11-01 --number 12/TTr-UBND --date 2023-11-20",
	}
	var given app.LevelLetterInput
	fields := levelLetterFields(&given)
	for _, f := range fields {
		c.Flags().StringVar(f.value, f.name, "", f.about)
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		cl, err := s.client()
		if err != nil {
			return err
		}
		path, q := "/level-letter-words", url.Values{}
		if len(args) > 0 {
			path = client.Path("level-letters", args[0])
		} else {
			for key, v := range map[string]string{"from": given.From, "to": given.To, "award": given.Award, "unit": given.Proposing} {
				if v != "" {
					q.Set(key, v)
				}
			}
		}
		was, _, err := client.Get[app.LevelLetter](cmd.Context(), cl, path, q)
		if err != nil {
			return s.failed(cmd, err)
		}
		in := app.LevelLetterOf(was)
		for i, f := range levelLetterFields(&in) {
			if cmd.Flags().Changed(f.name) {
				*f.value = *fields[i].value
			}
		}
		if in.ID == "" {
			in.Nonce = uuid.NewString()
		}
		return call(cmd, s, write("/level-letters", in), func(p *page, l app.LevelLetter) { p.levelLetter(l) })
	}
	return c
}

// letterField is a part of a letter that a flag gives.
type letterField struct {
	name, about string
	value       *string
}

func levelLetterFields(in *app.LevelLetterInput) []letterField {
	return []letterField{
		{"unit", "my level's unit, where there are several", &in.Unit}, {"addressee", "Kính gửi", &in.Addressee}, {"number", "of the letter", &in.Number},
		{"date", "of the letter, 2023-11-20", &in.Date}, {"title", "Về việc …", &in.Title}, {"body", "paragraphs, one a line", &in.Body},
		{"recipients", "Nơi nhận, one a line", &in.Recipients}, {"signer-title", "title of who signs", &in.SignerTitle}, {"signer", "name of who signs", &in.Signer},
		{"from", "first day of what its list takes", &in.From}, {"to", "last day", &in.To}, {"award", "award code", &in.Award},
		{"proposing", "proposing unit", &in.Proposing},
	}
}

func (p *page) levelLetter(l app.LevelLetter) {
	p.row(l.ID, l.UnitName, l.Number, l.Date, short(l.Title, 60), l.From, l.To)
}
