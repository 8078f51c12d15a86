// Package slack connects the bot to Slack, over Socket Mode or HTTP: it
// verifies and decodes what Slack sends, hands it to a bot.Handler, and draws
// views as messages within Slack's limits.
//
// # A tour
//
// A Platform (config) lies between Slack and the engine. Each name below is a
// file.
//
//   - What comes in: http checks who sent a request. In Socket Mode socket
//     keeps two connections, link is one of them, envelope what arrives on it.
//   - What it means: command, interaction (a press, a form, a shortcut) and
//     happened (a message, an opened page, an end) decode it to a request;
//     plain makes of Slack's text what the person typed.
//   - The answer: answer hands the request to the bot, and shows what comes of
//     it in the response, through a response_url (respond), as a form, or on
//     the bot's own page. An answer in direct messages is replaced by the next:
//     passing.
//   - What is posted later: deliver posts and edits, look finds a post that may
//     be there already, file uploads what goes with it.
//   - Who and where: people, places and pick ask Slack for verified facts,
//     facts remembers them for a while; self is what the bot knows of itself.
//   - Drawing: render draws a view, controls its buttons and menus, rows its
//     tables and bars; block is what Slack takes, limits how much of it, and in
//     what time; text shortens, fit leaves out.
//   - Calls: web makes them with a token that access gives, again repeats what
//     may be repeated, reasons tells what a no of Slack means.
//   - Many companies on one server: many says where the bot is installed;
//     install is a browser's way to Slack's page and back, install_page what it
//     shows, installed what comes of it; registry and companies keep it, renew
//     has the next token, leave ends it.
//   - For whoever sets the bot up: ask tries tokens and ids.
package slack
