package fakeslack_test

import (
	"bytes"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"secadvisor/bot/bottest/fakeslack"
)

// BenchmarkPost measures posting a card of 1 KB with metadata: the fake must
// not be what slows a load test down. Run it with -cpu 1.
func BenchmarkPost(b *testing.B) {
	s := fakeslack.Start(b, fakeslack.WithKeep(10_000))
	body := []byte(`{"channel":"C0GENERAL","text":"Question 3 of 10","metadata":{"event_type":"outbox","event_payload":{"id":"01J000000000"}},"blocks":[
{"type":"header","block_id":"h","text":{"type":"plain_text","text":"Question 3 of 10"}},
{"type":"section","block_id":"q","text":{"type":"plain_text","text":"When somebody leaves, is their access taken away on the same day? Think of mail, files, the door and every cloud service."}},
{"type":"actions","block_id":"a","elements":[
{"type":"button","action_id":"1","text":{"type":"plain_text","text":"Yes, always"},"value":"assess/answer/run/leavers/yes/nonce"},
{"type":"button","action_id":"2","text":{"type":"plain_text","text":"Mostly"},"value":"assess/answer/run/leavers/mostly/nonce"},
{"type":"button","action_id":"3","text":{"type":"plain_text","text":"No"},"value":"assess/answer/run/leavers/no/nonce"},
{"type":"button","action_id":"4","text":{"type":"plain_text","text":"I do not know"},"value":"assess/answer/run/leavers/unknown/nonce"}]},
{"type":"context","block_id":"n","elements":[{"type":"plain_text","text":"You can stop at any time and go on later."}]}]}`)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var failed atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			r, _ := http.NewRequest(http.MethodPost, s.APIURL()+"chat.postMessage", bytes.NewReader(body))
			r.Header.Set("Authorization", "Bearer "+fakeslack.BotToken)
			r.Header.Set("Content-Type", "application/json; charset=utf-8")
			response, err := client.Do(r)
			if err != nil {
				failed.Add(1)
				continue
			}
			answer, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if !bytes.Contains(answer, []byte(`"ok":true`)) {
				failed.Add(1)
			}
		}
	})
	if failed.Load() > 0 {
		b.Fatalf("%d posts failed", failed.Load())
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}
