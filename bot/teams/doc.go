// Package teams connects the bot to Microsoft Teams: it verifies what comes in
// before it reads it, draws views as Adaptive Cards, and writes to people and
// channels through the Bot Connector.
//
// # A tour
//
// A Platform (platform, config) lies between Teams and the engine. Each name
// below is a file.
//
//   - What comes in: verify checks a request's token by Microsoft's keys, and
//     only then activity reads it; local lets programs of this machine in,
//     where that is configured.
//   - The answer: take hands an activity to the bot and answers it. press is a
//     button or a form, picked whom and what somebody chose in one, dialog the
//     window of a message action. What is asked in a channel is answered in the
//     asker's own chat, and aside lets "here" mean the channel there.
//   - What is posted later: deliver posts and edits at a place, which is a
//     conversation at a service.
//   - Calls: connector makes them through client, with a token of the bot;
//     renewed keeps tokens and keys fresh, outcome tells what is certain of a
//     call that failed.
//   - Who and where: people, members and rooms ask Teams for verified facts,
//     memo remembers them for a while.
//   - Drawing: card is a card, render draws a view on it, buttons what can be
//     pressed, form a form, text every text; json writes it down, fit makes it
//     small enough. A file goes as a link: files.
//   - For whoever sets the bot up: ask tries a secret.
package teams
