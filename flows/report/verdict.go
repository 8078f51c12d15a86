package report

import (
	"secadvisor/flows/content"
	"secadvisor/flows/score"
)

// Verdict is what the answers of the IT provider come to.
type Verdict struct {
	Topics []Topic
	Good   int
	Says   string // what follows, in words
	score.Approach
}

// Topic is one of the four questions to a provider.
type Topic struct {
	score.Topic
	Title string
}

func verdict(in Input, pack score.Pack, answers map[string]score.Answer) *Verdict {
	if in.Pack.ID != content.ProviderCheck {
		return nil
	}
	judged := score.Judge(pack, answers, in.At, in.Profile.Growing(in.Lib.Growing))
	if !judged.Complete {
		return nil
	}
	v := &Verdict{Good: judged.Good, Approach: judged.Approach, Says: map[score.Approach]string{
		score.KeepAssessing:   "All four are answered well. Keep your IT provider, and have somebody else assess your security from time to time.",
		score.BringIn:         "Your IT provider knows part of this trade. Keep them for daily work, and bring security expertise in for what is missing.",
		score.VirtualCISO:     "Your IT provider looks after computers, and security is another trade. Keep them for daily work, and find a virtual CISO: somebody who steers your security some days a month.",
		score.SecurityPartner: "Your IT provider looks after computers, and security is another trade. Keep them for daily work, and build a lasting relationship with a security partner.",
	}[judged.Approach]}
	for _, t := range judged.Topics {
		topic := Topic{Topic: t, Title: t.ID}
		for _, asked := range in.Lib.Interview.Topics {
			if asked.ID == t.ID {
				topic.Title = asked.Title
			}
		}
		v.Topics = append(v.Topics, topic)
	}
	return v
}
