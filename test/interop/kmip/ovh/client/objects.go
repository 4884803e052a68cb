package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"os"
	"slices"
	"time"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/kmipclient"
	"github.com/ovh/kmip-go/payloads"
	"github.com/ovh/kmip-go/ttlv"
)

var ctx = context.Background()

func attributes(client *kmipclient.Client, key string) {
	const custom = kmip.AttributeName("x-room")
	names, err := client.GetAttributeList(key).Exec()
	step("get attribute list", err == nil && slices.Contains(names.AttributeName, kmip.AttributeNameState), err)
	step("get attributes", value(client, key, kmip.AttributeNameState) == kmip.StateActive, nil)
	step("get the length", value(client, key, kmip.AttributeNameCryptographicLength) == int32(256), nil)
	_, err = client.AddAttribute(key, custom, "first").Exec()
	step("add attribute", true, err)
	step("the added one is there", value(client, key, custom) == "first", nil)
	_, err = client.ModifyAttribute(key, custom, "second").Exec()
	step("modify attribute", true, err)
	step("the modified one is there", value(client, key, custom) == "second", nil)
	_, err = client.DeleteAttribute(key, custom).Exec()
	step("delete attribute", value(client, key, custom) == nil, err)
	_, err = client.ModifyAttribute(key, kmip.AttributeNameState, kmip.StateCompromised).Exec()
	step("the state is read only", refused(err, ""), nil)
	later := time.Now().Add(time.Hour).Truncate(time.Second)
	_, err = client.AddAttribute(key, kmip.AttributeNameProtectStopDate, later).Exec()
	date, _ := value(client, key, kmip.AttributeNameProtectStopDate).(time.Time)
	step("a date is kept", date.Equal(later), err)
}

// value is the attribute's first value, nil where there is none.
func value(client *kmipclient.Client, key string, name kmip.AttributeName) any {
	told, err := client.GetAttributes(key, name).Exec()
	if err != nil || len(told.Attribute) == 0 {
		return nil
	}
	first := told.Attribute[0].AttributeValue
	if custom, isCustom := first.(ttlv.Value); isCustom {
		return custom.Value
	}
	return first
}

func registered(client *kmipclient.Client) {
	secret, err := client.Register().SecretString(kmip.SecretDataTypePassword, "geheim").Exec()
	step("register a password", err == nil, err)
	got, err := client.Get(secret.UniqueIdentifier).Exec()
	step("get it", err == nil, err)
	text, err := got.SecretString()
	step("it is the same", text == "geheim", err)

	given := bytes.Repeat([]byte{7}, 24)
	key, err := client.Register().SymmetricKey(kmip.CryptographicAlgorithmAES, cipherUse, given).Exec()
	step("register a key", err == nil, err)
	got, err = client.Get(key.UniqueIdentifier).WithKeyFormat(kmip.KeyFormatTypeRaw).Exec()
	step("get it raw", err == nil, err)
	material, err := got.SymmetricKey()
	step("its bytes are the same", bytes.Equal(material, given), err)

	file, _ := os.ReadFile(os.Args[4])
	certificate, err := client.Register().PemCertificate(file).Exec()
	step("register a certificate", err == nil, err)
	got, err = client.Get(certificate.UniqueIdentifier).Exec()
	step("get the certificate", err == nil, err)
	x509, err := got.X509Certificate()
	step("its subject is the same", err == nil && x509.Subject.CommonName != "", err)

	private, _ := rsa.GenerateKey(rand.Reader, 2048)
	pair, err := client.Register().PrivateKey(private, signUse).Exec()
	step("register an RSA key", err == nil, err)
	got, err = client.Get(pair.UniqueIdentifier).Exec()
	step("get the RSA key", err == nil, err)
	same, err := got.RsaPrivateKey()
	step("its numbers are the same", same != nil && same.Equal(private), err)

	curve, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	point, err := client.Register().PublicKey(&curve.PublicKey, verifyUse).Exec()
	step("register an EC key", err == nil, err)
	got, err = client.Get(point.UniqueIdentifier).Exec()
	step("get the EC key", err == nil, err)
	public, err := got.EcdsaPublicKey()
	step("its point is the same", public != nil && public.Equal(&curve.PublicKey), err)
}

func batches(client *kmipclient.Client) {
	items, err := client.Create().AES(128, cipherUse).
		Then(func(c *kmipclient.Client) kmipclient.PayloadBuilder { return c.Activate("") }).
		Then(func(c *kmipclient.Client) kmipclient.PayloadBuilder {
			return c.GetAttributes("", kmip.AttributeNameState)
		}).
		Exec()
	step("a batch by the ID Placeholder", len(items) == 3, err)
	all, err := items.Unwrap()
	step("all of it", len(all) == 3, err)
	told, _ := all[2].(*payloads.GetAttributesResponsePayload)
	step("its key is active", told != nil && told.Attribute[0].AttributeValue == kmip.StateActive, nil)
	items, err = client.Get("nothing has this name").
		Then(func(c *kmipclient.Client) kmipclient.PayloadBuilder { return c.Create().AES(128, cipherUse) }).
		Exec(kmipclient.OnBatchErr(kmip.BatchErrorContinuationOptionContinue))
	step("a batch goes on", len(items) == 2, err)
	step("its first failed", refused(items[0].Err(), "ItemNotFound"), nil)
	step("its second did not", true, items[1].Err())
	_, err = client.Get("nothing has this name").
		Then(func(c *kmipclient.Client) kmipclient.PayloadBuilder { return c.Create().AES(128, cipherUse) }).
		Exec(kmipclient.OnBatchErr(kmip.BatchErrorContinuationOptionStop))
	step("a batch stops: the client has no use for fewer results", err != nil && err.Error() == "Batch count mismatch", nil)
}

func endOfLife(client *kmipclient.Client, key string) {
	_, err := client.Destroy(key).Exec()
	step("an active key is not destroyed", refused(err, ""), nil)
	_, err = client.Revoke(key).WithRevocationReasonCode(kmip.RevocationReasonCodeKeyCompromise).Exec()
	step("revoke", true, err)
	step("it is compromised", value(client, key, kmip.AttributeNameState) == kmip.StateCompromised, nil)
	_, err = client.Destroy(key).Exec()
	step("destroy", true, err)
	_, err = client.Get(key).Exec()
	step("what is destroyed is not given", refused(err, ""), nil)
	unknown, err := client.Archive(key).Exec()
	step("what the server does not do is refused", unknown == nil && refused(err, "OperationNotSupported"), nil)
	step("close", true, client.Close())
}
