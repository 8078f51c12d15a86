package match_test

import (
	"testing"

	"secadvisor/flows/match"
)

func TestOtherLanguagesAreNotTakenForEnglish(t *testing.T) {
	m := matcher(t)
	for _, says := range []string{
		"mein Laptop wurde im Zug gestohlen, wer kann mir helfen?", "ich habe mein Passwort vergessen",
		"he perdido mi teléfono, ¿quién me ayuda?", "no sé la contraseña del correo",
		"je ne peux pas ouvrir mon ordinateur", "on a volé le téléphone de ma collègue dans le train",
		"eu cliquei no link e não sei o que fazer", "qualcuno ha rubato il mio computer",
		"ik heb mijn wachtwoord niet meer", "nie mogę otworzyć poczty, kto mi pomoże?",
		"nu merge calculatorul meu, cine mă ajută?", "benim şifre çalındı, kim yardım eder",
		"jag har tappat min dator och vet inte vem som kan hjälpa", "mera phone chori ho gaya",
		"украли ноутбук", "我的电脑坏了", "هاتفي ضاع", "ο υπολογιστής μου χάλασε", "פישינג במייל", "hilfe", "ayuda!",
	} {
		if got := m.Find(says); got.Outcome != match.Foreign {
			t.Errorf("%q: got %v", says, got)
		}
	}
}

func TestEnglishWithForeignWordsInItIsEnglish(t *testing.T) {
	for _, says := range []string{
		"who handles the résumé folder for José?", "Müller lost the laptop", "the café wifi is down", "is the señor from accounts allowed in", "naïve question: who does backups",
		"do we have a plan de continuity for an attack", "the van der Berg invoice has new bank details", "die printer, die", "no es bueno, the wifi is down", "printer kaput",
		"La Piazza says the card machine wifi is off", "a mi me no work the email", "i clicked it", "wifi", "computer", "José",
	} {
		if got := matcher(t).Find(says); got.Outcome == match.Foreign {
			t.Errorf("%q is taken for another language", says)
		}
	}
}
