package main

import (
	"fmt"
	"net/http"
)

func greet(name string) string {
	greeting := "hello " + name
	return greeting
}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, greet(r.URL.Query().Get("name")))
	})
	http.ListenAndServe(":8080", nil)
}
