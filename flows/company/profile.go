package company

import "secadvisor/bot"

// Profile is what the company said of itself.
type Profile struct {
	Size       Size       `json:"size,omitempty"`
	ITBy       ITBy       `json:"it_by,omitempty"`
	SecurityBy SecurityBy `json:"security_by,omitempty"`
	Trade      Trade      `json:"trade,omitempty"`
	Data       Data       `json:"data,omitempty"`
}

// Size is how many people work there, in bands.
type Size string

const (
	UpTo10   Size = "1-10"
	UpTo49   Size = "11-49"
	UpTo249  Size = "50-249"
	From250  Size = "250+"
	SizeUnkn Size = ""
)

// ITBy is who looks after the computers.
type ITBy string

const (
	OwnIT      ITBy = "own" // their own people
	ProviderIT ITBy = "provider"
	BothIT     ITBy = "both"
	NobodyIT   ITBy = "nobody" // nobody in particular
)

// SecurityBy is who looks after security.
type SecurityBy string

const (
	ByIT       SecurityBy = "it"     // the IT person or provider alone
	ByBoth     SecurityBy = "both"   // IT, and somebody for security
	ByNobody   SecurityBy = "nobody" // nobody in particular
	ByDontKnow SecurityBy = "dont-know"
)

// Trade is what the company lives from.
type Trade string

const (
	TradeOffice Trade = "office" // advice, offices, software
	TradeHealth Trade = "health"
	TradeShop   Trade = "shop"   // shops, restaurants, hotels
	TradeMaking Trade = "making" // building, making, transport
	TradePublic Trade = "public" // schools, clubs, charities, authorities
	TradeOther  Trade = "other"
)

// Data is what the company keeps that rules and laws look at closely.
type Data string

const (
	DataHealth   Data = "health"
	DataMoney    Data = "money" // cards, bank accounts, taxes of customers
	DataChildren Data = "children"
	DataSeveral  Data = "several" // more than one of these
	DataNone     Data = "none"    // as far as is known
	DataDontKnow Data = "dont-know"
)

// Regulated reports whether it keeps data that rules look at closely, as far
// as is known.
func (p Profile) Regulated() bool {
	return p.Data == DataHealth || p.Data == DataMoney || p.Data == DataChildren || p.Data == DataSeveral
}

// Growing reports whether the recommendations for growing companies apply:
// from so many people on.
func (p Profile) Growing(from int) bool {
	least := map[Size]int{UpTo10: 1, UpTo49: 11, UpTo249: 50, From250: 250}[p.Size]
	return least > 0 && least >= from
}

// Profiles holds the one profile under ProfileID.
var Profiles = bot.Doc[Profile]{Prefix: "company", Version: 1}

// ProfileID is the id of that document.
const ProfileID = "profile"
