package schedule_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/schedule"
)

// typed is Monday 2 March 2026, at nine in Berlin.
var typed = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func TestWordsAreReadAsPeopleTypeThem(t *testing.T) {
	for want, texts := range map[string][]string{
		"every three months at 09:00": {"quarterly", "Every Quarter.", "Remind me quarterly, please", "every third month", "each quarter", "once a quarter", "four times a year", "four times yearly", "once quarterly", "every 3 months", "every three months at 9 o'clock"},
		"every month at 16:30":        {"monthly at 16:30", "every month at half past four in the afternoon", "once a month 4:30pm", "monthly 4.30 p.m.", "at 1630 monthly", "every month at 1630 hours", "monthly 16h30"},
		"every 6 weeks at 09:00":      {"every 6 weeks", "every six weeks at 9", "Every 6 Weeks AT 9 O'CLOCK", "every 6 weeks in the morning", "every 6 weeks from now on"},
		"every 2 weeks at 09:00":      {"every other week", "fortnightly", "every couple of weeks", "every second week", "every two weeks", "every fortnight"},
		"every 6 months at 09:00":     {"twice a year", "twice yearly", "twice annually", "every half year", "half-yearly", "semi-annually", "two times a year", "biannually"},
		"every 4 months at 09:00":     {"three times a year"},
		"every year at 17:00":         {"yearly at 5 pm", "annually 5pm", "once a year at five pm", "every 12 months at 17:00"},
		"every 2 years at 09:00":      {"every 2 years", "every other year", "biennially", "every 24 months"},
		"every 90 days at 09:00":      {"Every 90 days."},
		"every 1 day at 00:00":        {"every 1 day at 12am", "every 1 day at midnight"},
		"every working day at 08:00":  {"weekdays at 8", "daily at 8", "every day at 8am", "every weekday 8:00", "mon-fri at 8", "Monday to Friday at 8", "working days at eight", "every business day at 8 in the morning", "daily, Monday through Friday, at 8"},
		"every day of the week at 07:00": {"every day, weekends too, at 7", "daily at 7 also on weekends", "every day of the week at 7",
			"mon-sun at 7", "Monday to Sunday 7am"},
		"every Monday at 09:30":                                                                        {"Mondays at 9.30", "every Monday at half past nine", "weekly on Monday 9:30", "each mon at nine thirty", "Monday's at 9:30 am", "every monday at 9:30 in the morning"},
		"every Monday at 09:45":                                                                        {"every Monday at quarter to ten", "Mondays at 15 minutes to ten"},
		"every Monday and Thursday at 10:00":                                                           {"Mondays and Thursdays @ 10", "Thursdays, Mondays at 10", "every mon & thu at 10", "weekly on Thursday and Monday at 10"},
		"every Friday at 15:00":                                                                        {"Friday afternoons at 3", "Fridays at 3 in the afternoon", "every Friday 3pm", "Fridays at 15"},
		"every Friday at 14:00":                                                                        {"Friday afternoons", "every Friday in the afternoon"},
		"every Saturday at 10:00":                                                                      {"every Saturday at 10"},
		"every 2 weeks on Friday at 16:00":                                                             {"every other Friday at 4pm", "alternate Fridays at 16:00", "fortnightly on Fridays at 16:00", "every two weeks on Friday at 4 pm", "every 2 fridays 16:00"},
		"on the first Monday of each month at 09:00":                                                   {"monthly on the first Monday at 9", "first Monday", "the 1st Monday of every month", "every first Monday", "9am on the first monday of the month"},
		"on the second Friday of each month at 09:00":                                                  {"every second Friday of the month", "second Friday", "monthly on the 2nd fri"},
		"on the last Friday of each month at 16:00":                                                    {"last Friday of the month 4 p.m.", "every last Friday at 16:00"},
		"on the last working day of each month at 16:30":                                               {"last working day 16:30", "monthly on the last workday at 16:30", "last weekday of each month at 16:30", "end of each month at 16:30", "last business day 4:30pm"},
		"on the first working day of each month at 08:30":                                              {"the first working day of every month at 8.30", "beginning of each month at half past eight"},
		"on the 15th of each month at 09:00":                                                           {"monthly on the 15th", "the 15th of each month", "every 15th", "monthly on day 15", "15th of the month"},
		"on the last day of each month at 09:00":                                                       {"monthly on the last day", "last day of each month"},
		"on the 1st of each month at 09:00":                                                            {"on the 1st of each month", "first day of every month", "monthly on the first"},
		"on the first working day of May every year at 09:00":                                          {"every May", "yearly in May", "every year in May", "each may"},
		"on 1 May every year at 09:00":                                                                 {"yearly on 1 May", "every 1 May", "1 May every year", "annually on May 1st", "every year on the first of May"},
		"on 30 June every year at 09:00":                                                               {"last day of June every year", "yearly on 30 june"},
		"on the first working day of May and November every year at 12:00":                             {"every May and November at noon", "every may, november midday"},
		"on the first Monday of January, April, July and October every year at 09:00":                  {"quarterly on the first Monday", "first Monday of each quarter", "once a quarter on the first Monday of the month"},
		"on the last working day of March, June, September and December every year at 09:00":           {"last working day of the quarter", "end of every quarter", "quarterly on the last working day"},
		"on the last Thursday of November every year at 12:00":                                         {"noon on the last Thursday in November", "last thu of nov at 12"},
		"on the first Monday of January, March, May, July, September and November every year at 09:00": {"every 2 months on the first Monday"},
		"on the last working day of December every year at 09:00":                                      {"last working day of the year", "end of each year"},
		"once on Friday 15 January 2027 at 08:00":                                                      {"on 15 January 2027 at 8", "January 15th, 2027 8am", "on 2027-01-15 8:00", "once on Friday 15 January at 8", "on the 15th of January at 8", "Jan 15 at 8"},
		"once on Friday 15 January 2027 at 09:00":                                                      {"on 2027-01-15", "15.1.2027"},
		"once on Tuesday 3 March 2026 at 09:00":                                                        {"tomorrow", "tomorrow morning", "on Tuesday", "Tuesday 3 March"},
		"once on Monday 16 March 2026 at 09:00":                                                        {"in two weeks at 9", "in 2 weeks"},
		"once on Tuesday 31 March 2026 at 09:00":                                                       {"at the end of the month"},
		"once on Saturday 16 January 2027 at 09:00, moved to the Monday":                               {"on 16 January 2027", "on Saturday 16 January"},
		"once on Saturday 16 January 2027 at 09:00, also on weekends":                                  {"on 16 January 2027, weekend or not"},
		"every three months from 1 June 2026 at 09:00":                                                 {"quarterly from 1 June", "starting 1 June quarterly", "every three months, beginning in June", "quarterly starting 2026-06-01"},
		"every Friday from 1 May 2026 at 09:00":                                                        {"every Friday from May", "Fridays starting May 1"},
	} {
		for _, text := range texts {
			r, err := schedule.Parse(text, "Europe/Berlin", typed)
			if err != nil || r.Words() != want {
				t.Errorf("%q is %q (%v), want %q", text, r.Words(), err, want)
			}
			if r.Zone != "Europe/Berlin" {
				t.Errorf("%q is in %q", text, r.Zone)
			}
		}
	}
}

func TestTheFirstTimeOfWhatIsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"quarterly":                  "Tue 2026-06-02 09:00 +0200", // a whole rhythm after today
		"every other Tuesday":        "Tue 2026-03-03 09:00 +0100", // the next one
		"every Monday at 10":         "Mon 2026-03-02 10:00 +0100", // still to come today
		"every Monday at 9":          "Mon 2026-03-09 09:00 +0100",
		"weekdays at 10":             "Mon 2026-03-02 10:00 +0100",
		"last working day 16:30":     "Tue 2026-03-31 16:30 +0200",
		"every May":                  "Fri 2026-05-01 09:00 +0200",
		"every August":               "Mon 2026-08-03 09:00 +0200", // the first is a Saturday
		"yearly on 1 August":         "Mon 2026-08-03 09:00 +0200",
		"yearly on 29 February":      "Mon 2027-03-01 09:00 +0100", // 28 February 2027 is a Sunday
		"monthly on the 31st":        "Tue 2026-03-31 09:00 +0200",
		"on 16 January 2027":         "Mon 2027-01-18 09:00 +0100",
		"first Saturday of June":     "Sat 2026-06-06 09:00 +0200", // named, so meant
		"quarterly from 1 June":      "Mon 2026-06-01 09:00 +0200",
		"every 6 weeks from 1 June":  "Mon 2026-06-01 09:00 +0200",
		"monthly from 6 June":        "Mon 2026-06-08 09:00 +0200",
		"last Friday of the quarter": "Fri 2026-03-27 09:00 +0100",
	} {
		r, err := schedule.Parse(text, "Europe/Berlin", typed)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := next(t, r, typed.Format(time.RFC3339), 1); len(got) != 1 || got[0] != want {
			t.Errorf("%q comes on %v, want %s", text, got, want)
		}
	}
}

func TestAZoneMayBeTyped(t *testing.T) {
	for text, want := range map[string]string{
		"weekly on Friday at 9 (America/New_York)": "America/New_York",
		"weekly on Friday at 9 America/New_York":   "America/New_York",
		"weekly at 9 UTC":                          "UTC",
		"weekly (Japan).":                          "Japan",
		"weekly (please)":                          "Europe/Berlin",
	} {
		if r, err := schedule.Parse(text, "Europe/Berlin", typed); err != nil || r.Zone != want {
			t.Errorf("%q is in %q (%v), want %s", text, r.Zone, err, want)
		}
	}
	for _, text := range []string{"weekly (Mars/Base)", "weekly (../../etc/passwd)"} {
		if r, err := schedule.Parse(text, "Europe/Berlin", typed); err == nil || !strings.Contains(err.Error(), "there is no time zone") {
			t.Errorf("%q is %v (%v)", text, r, err)
		}
	}
}

var canWrite = regexp.MustCompile(`(?i)(?:you can write|you can type) (.*?)(?:;|$)`)

func TestWhatIsNotUnderstoodGetsAnExampleNearToIt(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "quarterly",
		"whenever":                    "every 6 weeks",
		"now":                         "quarterly",
		"half past nine":              "every working day at 09:30",
		"hourly":                      "the shortest rhythm is a day",
		"every 2 hours":               "the shortest rhythm is a day",
		"every 24h":                   "the shortest rhythm is a day",
		"biweekly":                    "two things",
		"bi-monthly at 9":             "every 2 months",
		"every second Friday":         "every other Friday, or the second Friday of each month",
		"first and third Wednesday":   "the first Wednesday of each month, or every 2 weeks on Wednesday",
		"fifth Tuesday of the month":  "the last Tuesday of each month",
		"monthly on Friday":           "the first Friday of each month",
		"every Monday at half nine":   "half past nine",
		"twice a week":                "every Monday and Thursday",
		"twice a month":               "every 2 weeks",
		"second working day":          "the last working day of each month",
		"on the 15th":                 "on the 15th of each month",
		"1/5/2027":                    "on 15 January",
		"in October":                  "every October",
		"every Octember":              "every May",
		"yearly on 31 April":          "on 15 April",
		"first Monday of May 2030":    "15 January 2030",
		"next quarter":                "quarterly",
		"every year or so":            "yearly on 1 May",
		"every few weeks":             "every 6 weeks",
		"every 0 weeks":               "every 6 weeks",
		"every 99999 weeks":           "every 6 weeks",
		"every month, more or less":   "every 2 months",
		"every 5 months on the 15th":  "on the 15th of each month",
		"every other day or so":       "every 10 days",
		"weekly at 9 CET":             "(Europe/Berlin)",
		"every weekend":               "every Saturday",
		"monthly at 9 and 16:30":      "one time of day",
		"on Monday 15 January 2027":   "15 January 2027 is a Friday",
		"2020-01-01":                  "that day is past",
		"quarterly at 25":             "write the time like 9:00",
		"quarterly at 9:75":           "write the time like 9:00",
		"quarterly at 13am":           "write the time like 9:00",
		"every 9999 weeks":            "choose a number from 1 to 1000",
		"every -1 weeks":              "every 6 weeks",
		"weekly monthly":              "monthly",
		"every 6 weeks at\x00 9":      "every 6 weeks",
		"0 9 * * 1":                   "quarterly", // cron is for those who configure
		"the end":                     "quarterly",
		"the month":                   "monthly",
		"<!channel> weekly":           "weekly",
		strings.Repeat("weekly ", 40): "more than I can read",
	} {
		r, err := schedule.Parse(text, "Europe/Berlin", typed)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %v: %v, want %q", text, r, err, want)
			continue
		}
		if strings.Contains(err.Error(), "<!") {
			t.Errorf("%q is repeated: %v", text, err)
		}
		if m := canWrite.FindStringSubmatch(err.Error()); m != nil {
			for _, example := range strings.Split(strings.ReplaceAll(m[1], ", or ", ", "), ", ") {
				if _, err := schedule.Parse(example, "Europe/Berlin", typed); err != nil {
					t.Errorf("%q: the example %q is not understood: %v", text, example, err)
				}
			}
		}
	}
}

func TestCronIsReadBesideWords(t *testing.T) {
	for text, want := range map[string]string{
		"0 9 1 */3 *":                      "by the cron expression 0 9 1 */3 * (Europe/Berlin)",
		"  0  9 * * mon-fri ":              "by the cron expression 0 9 * * mon-fri (Europe/Berlin)",
		"*/5 8-17 * * MON (Asia/Tokyo)":    "by the cron expression */5 8-17 * * MON (Asia/Tokyo)",
		"0 9 * * * UTC":                    "by the cron expression 0 9 * * * (UTC)",
		"by the cron expression 0 9 ? * 1": "by the cron expression 0 9 ? * 1 (Europe/Berlin)",
		"1 May every year":                 "on 1 May every year at 09:00 (Europe/Berlin)",
		"15 January 2027 at 8":             "once on Friday 15 January 2027 at 08:00 (Europe/Berlin)",
		"2027-01-15 16:30":                 "once on Friday 15 January 2027 at 16:30 (Europe/Berlin)",
	} {
		if r, err := schedule.Read(text, "Europe/Berlin", typed); err != nil || r.String() != want {
			t.Errorf("%q is %q (%v), want %q", text, r, err, want)
		}
	}
}
