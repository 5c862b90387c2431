package eval

func moreFlags() []fact {
	return []fact{
		flag("framework_met", "đạt tiêu chuẩn riêng của danh hiệu, hình thức này", "meets the award's own criteria", func(f *Facts) *bool { return f.FrameworkMet }),
		flag("ministry_certificate", "đã được tặng bằng khen cấp Bộ, ban, ngành", "holds a ministry's certificate of merit", func(f *Facts) *bool { return f.MinistryCertificate }),
		flag("proposed_right_after", "đề nghị ngay sau danh hiệu làm căn cứ", "proposed right after the title it builds on", func(f *Facts) *bool { return f.ProposedRightAfter }),
		flag("state_level.asked", "đề nghị khen thưởng cấp Nhà nước", "a State-level award is asked for", func(f *Facts) *bool { return f.StateLevel.Asked }),
		flag("special_merit", "thành tích đặc biệt xuất sắc", "special outstanding merit", func(f *Facts) *bool { return f.SpecialMerit }),
		flag("congress_round", "xét trong dịp Đại hội thi đua", "proposed in an emulation congress's round", func(f *Facts) *bool { return f.CongressRound }),
		flag("campaign.leader", "dẫn đầu phong trào", "leads the movement", func(f *Facts) *bool { return f.Campaign.Leader }),
		flag("cluster.best_of_leaders", "tiêu biểu nhất trong các đơn vị dẫn đầu cụm, khối", "best among the leaders of clusters", func(f *Facts) *bool { return f.Cluster.BestOfLeaders }),
		flag("collective.targets_exceeded", "vượt mức các chỉ tiêu được giao", "exceeded its targets", func(f *Facts) *bool { return f.Collective.TargetsExceeded }),
		flag("collective.unity", "nội bộ đoàn kết, tiết kiệm, không tham nhũng, tiêu cực", "solidarity, thrift, no corruption", func(f *Facts) *bool { return f.Collective.Unity }),
		flag("collective.clean_party", "tổ chức đảng, đoàn thể trong sạch, vững mạnh", "sound Party and mass organisations", func(f *Facts) *bool { return f.Collective.CleanParty }),
		flag("collective.party_organisation", "có tổ chức đảng, đoàn thể", "has Party and mass organisations", func(f *Facts) *bool { return f.Collective.PartyOrganisation }),
		flag("foreign.subject", "là người nước ngoài, tổ chức nước ngoài hoặc người Việt Nam ở nước ngoài", "foreign or overseas Vietnamese", func(f *Facts) *bool { return f.Foreign.Subject }),
		flag("foreign.opinion", "Sở Ngoại vụ đã thẩm định, đồng ý", "the Department of Foreign Affairs agrees", func(f *Facts) *bool { return f.Foreign.Opinion }),
	}
}
