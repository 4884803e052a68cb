// A server on kmipserver of ovh/kmip-go: its framing, its codecs and its batches; the operations on
// keys (store.go) are ours. TTLV over TLS with client certificates, and HTTP, by `http` with the
// Content-Type that the library leaves out, by `http-bare` without it.
//
//	server ttlv|http|http-bare <address> <ca> <certificate> <key>
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/ovh/kmip-go/kmipserver"
)

func main() {
	slog.SetLogLoggerLevel(slog.LevelError)
	listener, err := net.Listen("tcp", os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", listener.Addr())
	if os.Args[1] != "ttlv" {
		routes := http.NewServeMux()
		routes.Handle("/kmip", typed(kmipserver.NewHTTPHandler(executor()), os.Args[1] == "http"))
		log.Fatal(http.Serve(listener, routes))
	}
	secured := tls.NewListener(listener, settings(os.Args[3], os.Args[4], os.Args[5]))
	log.Fatal(kmipserver.NewServer(secured, executor()).Serve())
}

// typed gives responses the Content-Type of their requests, where it is to: the library gives none,
// and Go then guesses text/plain.
func typed(handler http.Handler, isTyped bool) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if isTyped && request.Method == http.MethodPost {
			response.Header().Set("Content-Type", request.Header.Get("Content-Type"))
		}
		handler.ServeHTTP(response, request)
	})
}

func settings(ca, certificate, key string) *tls.Config {
	own, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		log.Fatal(err)
	}
	authorities := x509.NewCertPool()
	file, _ := os.ReadFile(ca)
	authorities.AppendCertsFromPEM(file)
	return &tls.Config{
		Certificates: []tls.Certificate{own},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    authorities,
	}
}
