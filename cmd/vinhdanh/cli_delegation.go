package main

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func delegationCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "delegation", Short: "Ủy quyền có thời hạn · Who acts for whom, and until when"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê ủy quyền · List delegations", Args: cobra.NoArgs}
	paging := pageFlags(list)
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/delegations", paging()), func(p *page, v rows[app.DelegationRow]) {
			p.delegationHead()
			for _, d := range v.Items {
				p.delegation(d)
			}
			p.more(v.Next)
		})
	}
	end := &cobra.Command{Use: "end ID", Short: "Chấm dứt ủy quyền · End a delegation now", Args: cobra.ExactArgs(1)}
	var why app.EndDelegationInput
	end.Flags().StringVar(&why.Reason, "reason", "", "why")
	end.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("delegations", args[0], "end"), why), func(p *page, d app.DelegationRow) {
			p.delegationHead()
			p.delegation(d)
		})
	}
	c.AddCommand(list, delegationSet(s), end, delegationChoices(s))
	return c
}

func delegationSet(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "set --to LOGIN --unit UNIT --role ROLE --until DAY", Short: "Lập ủy quyền · Delegate roles for some days", Args: cobra.NoArgs,
		Example: "  vinhdanh delegation set --to ph-vice --unit hoi-dong-tdkt-phung-hiep --role chair --until 2023-11-24",
	}
	var in app.DelegationInput
	f := c.Flags()
	to, of := f.String("to", "", "login or id of the delegate"), f.String("for", "", "login or id of the person whose roles they are; empty: your own")
	f.StringVar(&in.Unit, "unit", "", "unit in which the roles are held")
	f.StringSliceVar(&in.Roles, "role", nil, "roles, such as reviewer,clerk")
	f.StringVar(&in.From, "from", "", "first day, 2023-11-20; empty: today")
	f.StringVar(&in.To, "until", "", "last day")
	f.StringVar(&in.Basis, "basis", "", "number and date of the paper that says so")
	f.StringVar(&in.Nonce, "nonce", "", "the same nonce sets one delegation once")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		cl, err := s.client()
		if err != nil {
			return err
		}
		choices, _, err := client.Get[app.DelegationChoices](cmd.Context(), cl, "/delegation-choices", url.Values{"unit": {in.Unit}})
		if err != nil {
			return s.failed(cmd, err)
		}
		in.Delegate, in.Delegator = *to, *of
		for _, p := range choices.People {
			if p.Login == *to {
				in.Delegate = p.User
			}
		}
		for _, h := range choices.Holders {
			if h.Login == *of {
				in.Delegator = h.User
			}
		}
		return call(cmd, s, write("/delegations", in), func(p *page, d app.DelegationRow) {
			p.delegationHead()
			p.delegation(d)
		})
	}
	return c
}

func delegationChoices(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "choices", Short: "Ai ủy quyền được gì, cho ai · What may be delegated to whom", Args: cobra.NoArgs}
	unit := c.Flags().String("unit", "", "unit; empty lists the units")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{}
		if *unit != "" {
			q.Set("unit", *unit)
		}
		return call(cmd, s, read("/delegation-choices", q), func(p *page, v app.DelegationChoices) {
			for _, u := range v.Units {
				p.row(u.ID, u.Name)
			}
			for _, h := range v.Holders {
				p.row(h.Login, h.Name, h.Role, yes(h.May), p.t(h.Why.VI, h.Why.EN))
			}
			for _, h := range v.People {
				p.row("→ "+h.Login, h.Name, h.Title, h.UnitName)
			}
		})
	}
	return c
}

func (p *page) delegationHead() {
	p.row("ID", p.t("TỪ", "FROM"), p.t("ĐẾN", "UNTIL"), p.t("NGƯỜI ỦY QUYỀN", "FOR"), p.t("NGƯỜI XỬ LÝ THAY", "DELEGATE"),
		p.t("VAI TRÒ", "ROLES"), p.t("ĐƠN VỊ", "UNIT"), p.t("CHẤM DỨT", "ENDED"))
}

func (p *page) delegation(d app.DelegationRow) {
	p.row(d.ID, day(&d.ValidFrom), day(&d.ValidTo), d.DelegatorName, d.DelegateName, strings.Join(d.Roles, ", "), d.UnitName, day(d.EndedAt))
}
