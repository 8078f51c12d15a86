package report

// What the JSON says, for programs. Names of fields stay as they are; fields
// may be added. What is not known without a final score is null.
type asJSON struct {
	Pack           string         `json:"pack"`
	Title          string         `json:"title"`
	Company        string         `json:"company,omitempty"`
	Date           string         `json:"date"`
	Strict         bool           `json:"strict"`
	Complete       bool           `json:"complete"`
	Coverage       coverageJSON   `json:"coverage"`
	Raw            *int           `json:"raw"`   // before knock-outs
	Shown          *int           `json:"shown"` // after them
	Upper          *int           `json:"upper"` // raw, if every "don't know" were a yes
	UpperShown     *int           `json:"upper_shown"`
	Cap            *int           `json:"cap"` // null: no knock-out binds
	CappedBy       []string       `json:"capped_by"`
	Band           *string        `json:"band"`
	Confidence     *int           `json:"confidence"`
	ConfidenceBand *string        `json:"confidence_band"`
	Domains        []domainJSON   `json:"domains"`
	Priorities     []priorityJSON `json:"priorities"`
	R              map[string]int `json:"R"` // open risk by who fixes it
	Unknown        []unknownJSON  `json:"unknown"`
	Open           []string       `json:"not_answered"`
	Trend          *trendJSON     `json:"trend"`
	Verdict        *verdictJSON   `json:"provider,omitempty"`
	Answers        []answerJSON   `json:"answers"`
	NotAsked       []string       `json:"not_looked_at"`
	References     []refJSON      `json:"references"`
	Notice         string         `json:"notice"`
}

type coverageJSON struct {
	Answered int `json:"answered"`
	Of       int `json:"of"`
}

type domainJSON struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Shown      int    `json:"shown"`
	UpperShown int    `json:"upper_shown"`
	Band       string `json:"band"`
}

type priorityJSON struct {
	ID       string     `json:"question_id"`
	P        int        `json:"P"`
	R        int        `json:"R"`
	FixedBy  string     `json:"fixed_by"`
	Handed   string     `json:"handed_over,omitempty"` // why a shared gap is security's
	State    string     `json:"state"`
	Effort   int        `json:"effort"`
	KnockOut bool       `json:"knock_out"`
	Decide   bool       `json:"management_decides"`
	Title    string     `json:"title"`
	Steps    []stepJSON `json:"steps"`
}

type stepJSON struct {
	By   string `json:"by,omitempty"`
	Text string `json:"text"`
}

type unknownJSON struct {
	ID      string `json:"question_id"`
	Ask     string `json:"question"`
	Whom    string `json:"ask_whom"`
	FindOut string `json:"find_out"`
}

type trendJSON struct {
	changeJSON
	Earlier []changeJSON `json:"earlier"` // every run, the oldest first
}

type changeJSON struct {
	Since      string   `json:"since"`
	Comparable bool     `json:"comparable"`
	Before     *int     `json:"before"` // on what both share, uncapped; null: not comparable
	Now        *int     `json:"now"`
	Closed     []string `json:"closed"`
	Opened     []string `json:"new"`
	Unknown    []string `json:"newly_unknown"`
	KnockOuts  []string `json:"knock_outs_changed"`
}

type verdictJSON struct {
	Topics   map[string]int `json:"topics"`
	Good     int            `json:"good"`
	Approach string         `json:"approach"`
	Says     string         `json:"says"`
}

type answerJSON struct {
	ID       string `json:"question_id"`
	Answer   string `json:"answer"`
	Date     string `json:"date"`
	Evidence bool   `json:"evidence"`
	Note     string `json:"note"`
	Revision int    `json:"revision,omitempty"`
	By       string `json:"by,omitempty"`
	State    string `json:"state"`
	Credit   int    `json:"credit"`
	Stale    bool   `json:"stale"`
	Question string `json:"question"`
}

type refJSON struct {
	Framework string   `json:"framework"`
	Version   string   `json:"version"`
	Rights    string   `json:"rights"`
	IDs       []string `json:"ids"`
}
