// Package bot is the vocabulary that platforms, flows and the engine share:
// an Event comes in, a pure Flow steps, and Views and other Effects go out.
// It uses the standard library only and knows no platform and no store.
//
// # A tour of the code
//
// Follow one message, "/sec who handles printers?":
//
//   - bot/slack verifies the request, decodes it to an [Event] and hands it to
//     a [Handler]. bot/play does the same for a terminal, bot/play/web for a page.
//   - bot/engine is that handler. It finds the [Flow], reads the documents that
//     the step asks for, and calls the step. A step that only answers goes out in
//     the response. Anything else is committed in one write (documents, queued
//     views, timers, audit lines) before it is acknowledged, and delivered
//     afterwards; where earlier events of the conversation wait, it waits behind
//     them in the store. In Teams an answer that is all there is to show goes out
//     first, and a timer beside it is stored then: see [Reply].
//   - flows/who is the flow of this message. It looks the text up with
//     flows/match, takes the topic from flows/content and returns an [Answer].
//     Other flows: explain, assess, remind, menu, claim; duty (who handles
//     what here), handoff, emergency, teach; fixes, sides and interview, which
//     follow from a result; audit, the log. flows.All lists them.
//   - flows/company holds the documents that flows share; flows/score the
//     arithmetic of assessments; flows/prose how numbers, days and names are
//     written, flows/table what spreadsheets read; bot/schedule finds the next
//     date of a rule.
//   - storage is the contract of the stores, storage/storagetest the suite that
//     each passes, storage/embedded the file (bbolt), storage/redis the server;
//     storage/sealed encrypts what is put into either.
//   - cmd/secadvisor wires it all together and is the only one that sees all;
//     what an operator does is a file there, or a package below it.
//
// # House rules
//
// A flow imports bot, bot/schedule and the leaves content, match, score, company,
// prose and report, never another flow: one flow leads to another by the
// [Action] of a button, and wakes it by a timer ([Set]). The engine imports bot,
// bot/schedule and storage. A platform imports bot and its vendor's kit. The test
// in imports_test.go fails on any other arrow.
//
// A package of many files begins with a tour that says what each is for:
// "go doc ./bot/slack". tours_test.go fails where a file is left out.
//
// Before you write how a number, a day, a list of names or a typed text reads,
// look into flows/prose. What nobody sees in a text is Hidden, and Visible is the
// text without. A test of a flow is a bottest.Scene, which reads views
// by bottest.Lines and refuses what platforms are not to draw; its content is
// that of flows/content/contenttest.
//
// Adding a topic or an assessment is a file in flows/content. Adding a flow
// is a folder and a line in flows/flows.go; "go doc ./flows" tells how. Adding
// a store is a folder and a case in cmd/secadvisor/stores, a platform a folder
// and a case in cmd/secadvisor.
//
// Behaviour is written down in transcripts, flows/*/testdata/*.txt: what a
// person types and what they see. "go test ./cmd/secadvisor -run Transcripts
// -update" rewrites them; read the difference like code.
package bot
