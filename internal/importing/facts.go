package importing

// Rating is the yearly assessment of task completion.
type Rating string

const (
	Excellent Rating = "EXCELLENT" // hoàn thành xuất sắc nhiệm vụ
	Good      Rating = "GOOD"      // hoàn thành tốt nhiệm vụ
	Done      Rating = "DONE"      // hoàn thành nhiệm vụ
	Fail      Rating = "FAIL"      // không hoàn thành nhiệm vụ
)

// Scope is how far an initiative or its influence reaches.
type Scope string

const (
	Grassroots Scope = "GRASSROOTS" // cơ sở
	Province   Scope = "PROVINCE"   // tỉnh, bộ, ngành
	Nation     Scope = "NATION"     // toàn quốc
)

// SuggestedFacts are read from running text ("24/32 LĐTT, 04 CSTĐCS") and hold
// only after a person has confirmed them; a row with any carries a mark saying
// so. Zero values mean that the text does not say.
type SuggestedFacts struct {
	Rating          Rating             `json:"rating,omitempty"`           // when the text gives exactly one
	Members         int                `json:"members,omitempty"`          // of a collective: 32
	MembersLDTT     int                `json:"members_ldtt,omitempty"`     // 24
	MembersCSTDCS   int                `json:"members_cstdcs,omitempty"`   // 4
	MembersDonePct  float64            `json:"members_done_pct,omitempty"` // 100
	Consecutive     []ConsecutiveTitle `json:"consecutive,omitempty"`      //
	Initiatives     []Initiative       `json:"initiatives,omitempty"`      //
	ContributionVND int64              `json:"contribution_vnd,omitempty"` // đồng
	LandM2          float64            `json:"land_m2,omitempty"`          // land given, square metres
	Counts          map[Field]int64    `json:"counts,omitempty"`           // stated in columns of their own: members, rank in the cluster
	Sources         []string           `json:"sources,omitempty"`          // the fields they were read from
}

// ConsecutiveTitle is a claim of one title, or one rating, for years in a row.
type ConsecutiveTitle struct {
	Award   string   `json:"award,omitempty"`  // code
	Rating  Rating   `json:"rating,omitempty"` // instead of an award
	Years   int      `json:"years"`
	Periods []string `json:"periods,omitempty"` // "2021-2022", when listed
}

// Initiative is a claim of recognised initiatives or accepted research.
type Initiative struct {
	Count       int    `json:"count"`
	Scope       Scope  `json:"scope,omitempty"` // empty when the text does not say
	Certificate string `json:"certificate,omitempty"`
}

// Empty reports whether nothing was read.
func (f *SuggestedFacts) Empty() bool {
	return f.Rating == "" && f.Members == 0 && f.MembersLDTT == 0 && f.MembersCSTDCS == 0 && f.MembersDonePct == 0 &&
		len(f.Consecutive) == 0 && len(f.Initiatives) == 0 && f.ContributionVND == 0 && f.LandM2 == 0 && len(f.Counts) == 0
}
