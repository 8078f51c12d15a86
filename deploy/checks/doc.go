// Package checks holds what is deployed against tools that need no cluster and
// no container engine. It is a module of its own: none of its libraries belongs
// to the bot.
package checks
