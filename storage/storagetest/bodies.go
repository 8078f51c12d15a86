package storagetest

import (
	"bytes"
	"math/rand/v2"

	"github.com/google/go-cmp/cmp"

	"secadvisor/storage"
)

func bodyCases() []scenario {
	return []scenario{
		{"binary and 1 MB bodies", bigBodies},
		{"empty document exists", emptyBody},
		{"get answers in the order of keys", getOrder},
		{"caller may reuse what it passed and change what it got", noAliases},
	}
}

func bigBodies(s *scene) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	big := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{}).Read(big)

	for _, body := range [][]byte{every, big, make([]byte, 1<<20)} {
		key := string(every[:64])
		put := storage.Write{Key: key, Version: s.get(acme, key).Version, Body: body}
		s.apply(acme, storage.Change{Put: []storage.Write{put}, Jobs: []storage.Job{{ID: key, Lane: key, Body: body}}})
		s.restart()
		if got := s.get(acme, key); !bytes.Equal(got.Body, body) {
			s.Errorf("document of %d bytes came back different (%d bytes)", len(body), len(got.Body))
		}
		job := s.claimOne()
		if !bytes.Equal(job.Body, body) || job.ID != key || job.Lane != key {
			s.Errorf("job of %d bytes came back different (%d bytes)", len(body), len(job.Body))
		}
		s.finish(job)
	}
}

func emptyBody(s *scene) {
	put := storage.Write{Key: "k", Body: []byte{}}
	v := s.apply(acme, storage.Change{Put: []storage.Write{put}, Jobs: []storage.Job{{ID: "j", Lane: "l"}}}).Versions[0]
	if doc := s.get(acme, "k"); v == 0 || doc.Version != v || len(doc.Body) != 0 {
		s.Errorf("empty document written as version %d came back as %+v", v, doc)
	}
	if job := s.claimOne(); job.ID != "j" || len(job.Body) != 0 {
		s.Errorf("job without a body came back as %+v", job)
	}
}

func getOrder(s *scene) {
	s.set(acme, "a", "1")
	s.set(acme, "b", "2")
	docs, err := s.store.Get(s.Context(), acme, "b", "absent", "a", "b")
	if err != nil {
		s.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Key+"="+string(d.Body))
	}
	if diff := cmp.Diff([]string{"b=2", "absent=", "a=1", "b=2"}, got); diff != "" {
		s.Errorf("(-want +got)\n%s", diff)
	}
	if docs[1].Version != 0 || docs[0].Version == 0 {
		s.Errorf("versions %d of an absent and %d of a present document", docs[1].Version, docs[0].Version)
	}
	if docs, err := s.store.Get(s.Context(), acme); err != nil || len(docs) != 0 {
		s.Errorf("get of no keys: %v, %v", docs, err)
	}
}

func noAliases(s *scene) {
	const size = 10_000 // more than a page of whatever keeps it
	mine := bytes.Repeat([]byte("m"), size)
	change := storage.Change{
		Put:  []storage.Write{{Key: "k", Body: mine}},
		Jobs: []storage.Job{{ID: "j", Lane: "l", Body: mine}},
	}
	s.apply(acme, change)
	want := string(mine)
	clear(mine)

	listed, _, err := s.store.List(s.Context(), acme, "", "", 1)
	if err != nil {
		s.Fatal(err)
	}
	job := s.claimOne()
	for _, got := range [][]byte{s.get(acme, "k").Body, listed[0].Body, job.Body} {
		if string(got) != want {
			s.Fatalf("body %.20q follows what the caller did after the write", got)
		}
		clear(got)
	}
	s.holds(acme, "k", want)
	s.release(job, storage.Release{})
	if got := s.claimOne(); string(got.Body) != want {
		s.Errorf("job's body %.20q follows what the caller did with an earlier claim", got.Body)
	}
}
