// Command secadvisor is a security advisor for small companies, in Slack, in
// Microsoft Teams and in a terminal. "secadvisor play" tries it without an
// account; "secadvisor serve" runs it.
//
// What is here wires everything together: the server, and commands that are a
// file: company, content, report, restored, schedule, teams. The others are
// packages below:
//
//   - trial is play: the advisor in a terminal or on a page.
//   - config is what an operator sets; stores opens the configured store and
//     finds a company in it; knowledge loads what the advisor knows.
//   - setup asks for a configuration, doctor looks at an installation, and
//     refused explains why Slack or Microsoft does not take a value.
//   - kept exports, imports, erases and audits what is kept of a company; keys
//     looks after that under which it is sealed.
//   - front is the door that platforms knock at, installs remembers who has
//     installed the bot in Slack, metrics tells how it goes, version what it
//     was built from.
//   - commandtest is what their tests share.
//
// # The server
//
// serve is its command and runs it, server connects its parts. introduce
// prepares a company, with what the configuration gives it: urgent, whom staff
// phone first, and standing, its reminders. many lets companies install the
// bot. While it serves, ready says whether it can, keys_settle drops keys that
// were replaced, and disk clears what was erased.
//
// # Tests of the whole
//
// They play people against that server, on a real store, with a fake Slack or
// Teams around it. Each begins with one of these scenes:
//
//   - stage (story_test.go) is one company in Slack, office
//     (teams_story_test.go) one in Teams; both can be stopped and started
//     again. chat (year_test.go) is either.
//   - hosting (hosted_test.go) is replicas for many companies, with visitors
//     who install the bot.
//   - process (kill_test.go) is the program itself, to be killed: kill,
//     remind_kill, teams_kill, keys_traffic. traffic (load_traffic_test.go) is
//     many of them under load: load, soak.
//   - director (transcripts_told_test.go) plays the transcripts of the flows on
//     either platform, and compares what people see with testdata.
//   - building (crossing_test.go) is two companies, of which neither may see
//     the other.
//   - bench (bench_test.go) and teamsBench are benchmarks, by a floor
//     (floor_test.go).
//
// Those that take minutes run when a flag asks for them: see the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/kept"
	"secadvisor/cmd/secadvisor/keys"
	"secadvisor/cmd/secadvisor/setup"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/trial"
	"secadvisor/cmd/secadvisor/version"
)

// commands are what can stand after "secadvisor". Each has a file,
// or a package.
type commands struct {
	Play     trial.Command    `cmd:"" help:"Talk to the advisor in this terminal, or on a page with --web. Needs no account and no server."`
	Serve    serveCommand     `cmd:"" help:"Run the advisor for Slack and Microsoft Teams."`
	Setup    setup.Command    `cmd:"" help:"Ask for what the server needs, check it at once, and write the configuration."`
	Doctor   doctor.Command   `cmd:"" help:"Check an installation: tokens, permissions, storage, clock, addresses."`
	Health   doctor.Health    `cmd:"" help:"Ask the server on this machine whether it is ready."`
	Content  contentCommand   `cmd:"" help:"Check, measure and explain what the advisor knows."`
	Company  companyCommand   `cmd:"" help:"Read and write what a company has saved, on the server."`
	Export   kept.Export      `cmd:"" help:"Write everything that is kept of a company into one archive."`
	Import   kept.Import      `cmd:"" help:"Read such an archive into an empty store."`
	Erase    kept.Erase       `cmd:"" help:"Erase a company, or one person, so that nothing readable is left."`
	Restored restoredCommand  `cmd:"" help:"After a backup was put back: let no reminder come that came before."`
	Audit    kept.Audit       `cmd:"" help:"Print who changed, started, read or shared what, and when."`
	Keys     keys.Command     `cmd:"" help:"Make the keys under which everything is sealed, list them, replace them."`
	Report   reportCommand    `cmd:"" help:"Score a sheet of answers and print a report, or print an empty sheet."`
	Teams    teamsCommand     `cmd:"" help:"Make what Microsoft Teams needs."`
	Schedule scheduleCommand  `cmd:"" help:"Print the next dates of a schedule in words or of a cron expression."`
	Version  version.Command  `cmd:"" help:"Print the version."`
	Licences version.Licences `cmd:"" help:"Print the licences of what is built in."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stores.Quiet()
	var c commands
	line := kong.Parse(&c,
		kong.Name("secadvisor"),
		kong.Description("A security advisor for small companies: who handles what, how safe are we, and what next."),
		kong.ShortUsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(os.Stdout, (*io.Writer)(nil)),
	)
	err := line.Run()
	if status := doctor.Status(0); errors.As(err, &status) {
		os.Exit(int(status))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "secadvisor: "+err.Error())
		os.Exit(1)
	}
}
