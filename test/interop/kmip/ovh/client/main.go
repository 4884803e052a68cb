// The client of ovh/kmip-go through a session: one line a step that went well.
//
//	client <address> <version, e.g. 1.4> <ca> <certificate> <key>
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/kmipclient"
)

const (
	cipherUse = kmip.CryptographicUsageEncrypt | kmip.CryptographicUsageDecrypt
	signUse   = kmip.CryptographicUsageSign
	verifyUse = kmip.CryptographicUsageVerify
)

var data = []byte("sixteen bytes ok")

func main() {
	client := dial(os.Args[1], os.Args[2], os.Args[3:])
	key := symmetric(client)
	attributes(client, key)
	ciphers(client, key)
	pairs(client)
	registered(client)
	batches(client)
	endOfLife(client, key)
}

// step ends the session where the step went wrong.
func step(name string, right bool, err error) {
	if err != nil || !right {
		fmt.Println("wrong:", name, err)
		os.Exit(1)
	}
	fmt.Println(name)
}

// refused tells whether the server refused, for this reason.
func refused(err error, reason string) bool {
	return err != nil && strings.Contains(err.Error(), `reason="`+reason)
}

// dial lets the client negotiate where its best version is wanted, and states the version elsewhere.
func dial(address, version string, files []string) *kmipclient.Client {
	options := []kmipclient.Option{
		kmipclient.WithRootCAFile(files[0]),
		kmipclient.WithClientCertFiles(files[1], files[2]),
		kmipclient.WithMiddlewares(kmipclient.CorrelationValueMiddleware(func() string { return "interop" })),
	}
	for _, known := range []kmip.ProtocolVersion{kmip.V1_0, kmip.V1_1, kmip.V1_2, kmip.V1_3} {
		if known.String() == version {
			options = append(options, kmipclient.EnforceVersion(known))
		}
	}
	client, err := kmipclient.Dial(address, options...)
	step("dial", err == nil && client.Version().String() == version, err)
	return client
}
