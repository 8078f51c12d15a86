package web

import (
	"bytes"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"time"
)

// static serves the script, the style sheet and the picture of the page.
func static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := mime.TypeByExtension(path.Ext(name))
	body, err := fs.ReadFile(assets, "assets/"+name)
	if err != nil || path.Ext(name) == ".html" {
		sorry(w, http.StatusNotFound, "There is no such page here.")
		return
	}
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
