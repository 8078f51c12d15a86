package company

import "secadvisor/bot"

// Bank is the latest answer to every question, whatever the pack.
type Bank struct {
	Answers map[string]Answer `json:"answers"`
}

// Banks holds the one bank of answers under BankID.
var Banks = bot.Doc[Bank]{Prefix: "company", Version: 1}

// BankID is the id of the bank of answers.
const BankID = "answers"

// Deposit puts answers into the bank, but for those of which it has later ones.
func Deposit(d *bot.Docs, answers map[string]Answer) {
	bank, _ := Banks.Get(d, BankID)
	if bank.Answers == nil {
		bank.Answers = map[string]Answer{}
	}
	for id, said := range answers {
		if !said.At.Before(bank.Answers[id].At) {
			bank.Answers[id] = said
		}
	}
	Banks.Put(d, BankID, bank)
}
