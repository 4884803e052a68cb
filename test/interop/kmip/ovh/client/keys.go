package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"slices"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/kmipclient"
	"github.com/ovh/kmip-go/ttlv"
)

func symmetric(client *kmipclient.Client) string {
	versions, err := client.Query().Operations().Objects().ServerInformation().Exec()
	step("query", err == nil && slices.Contains(versions.Operations, kmip.OperationLocate), err)
	made, err := client.Create().AES(256, cipherUse).WithName(named("made", client)).Exec()
	step("create", err == nil && made.UniqueIdentifier != "", err)
	key := made.UniqueIdentifier
	found, err := client.Locate().WithName(named("made", client)).WithObjectType(kmip.ObjectTypeSymmetricKey).Exec()
	step("locate", err == nil && slices.Equal(found.UniqueIdentifier, []string{key}), err)
	got, err := client.Get(key).Exec()
	step("get", err == nil, err)
	material, err := got.SymmetricKey()
	step("key material", len(material) == 32, err)
	if since(client, kmip.V1_2) {
		_, err = client.Encrypt(key).Data(data).Exec()
		step("a key that is not active does not encrypt", refused(err, ""), nil)
	}
	_, err = client.Activate(key).Exec()
	step("activate", true, err)
	return key
}

// ciphers plays what the version has: encryption since 1.2, with authentication since 1.4.
func ciphers(client *kmipclient.Client, key string) {
	if since(client, kmip.V1_4) {
		authenticated(client, key)
	}
	if !since(client, kmip.V1_2) {
		return
	}
	cbc := kmip.CryptographicParameters{
		CryptographicAlgorithm: kmip.CryptographicAlgorithmAES,
		BlockCipherMode:        kmip.BlockCipherModeCBC,
		PaddingMethod:          kmip.PaddingMethodPKCS5,
	}
	iv := bytes.Repeat([]byte{2}, 16)
	hidden, err := client.Encrypt(key).WithCryptographicParameters(cbc).WithIvCounterNonce(iv).Data(data).Exec()
	step("encrypt with CBC", err == nil && len(hidden.Data) == 32, err)
	plain, err := client.Decrypt(key).WithCryptographicParameters(cbc).WithIvCounterNonce(iv).Data(hidden.Data).Exec()
	step("decrypt with CBC", err == nil && bytes.Equal(plain.Data, data), err)
}

func authenticated(client *kmipclient.Client, key string) {
	iv, aad := bytes.Repeat([]byte{1}, 12), []byte("authenticated too")
	hidden, err := client.Encrypt(key).WithCryptographicParameters(kmip.AES_GCM).WithIvCounterNonce(iv).WithAAD(aad).Data(data).Exec()
	step("encrypt with GCM", err == nil && !bytes.Contains(hidden.Data, data), err)
	plain, err := client.Decrypt(key).WithCryptographicParameters(kmip.AES_GCM).WithIvCounterNonce(iv).WithAAD(aad).
		WithAuthTag(hidden.AuthenticatedEncryptionTag).Data(hidden.Data).Exec()
	step("decrypt with GCM", err == nil && bytes.Equal(plain.Data, data), err)
	_, err = client.Decrypt(key).WithCryptographicParameters(kmip.AES_GCM).WithIvCounterNonce(iv).WithAAD(data).
		WithAuthTag(hidden.AuthenticatedEncryptionTag).Data(hidden.Data).Exec()
	step("a wrong authentication is refused", refused(err, ""), nil)
}

func pairs(client *kmipclient.Client) {
	pair, err := client.CreateKeyPair().RSA(2048, signUse, verifyUse).
		PrivateKey().WithName(named("private", client)).PublicKey().WithName(named("public", client)).Exec()
	step("create an RSA key pair", err == nil, err)
	activate(client, pair.PrivateKeyUniqueIdentifier, pair.PublicKeyUniqueIdentifier)
	if since(client, kmip.V1_4) {
		signatures(client, pair.PrivateKeyUniqueIdentifier, pair.PublicKeyUniqueIdentifier)
	}

	curve, err := client.CreateKeyPair().ECDSA(kmip.RecommendedCurveP_256, signUse, verifyUse).Exec()
	step("create an EC key pair", err == nil, err)
	activate(client, curve.PrivateKeyUniqueIdentifier, curve.PublicKeyUniqueIdentifier)
	if since(client, kmip.V1_4) {
		curveSignature(client, curve.PrivateKeyUniqueIdentifier, curve.PublicKeyUniqueIdentifier)
	}
}

func signatures(client *kmipclient.Client, private, public string) {
	digest := sha256.Sum256(data)
	rsaParameters := kmip.CryptographicParameters{
		CryptographicAlgorithm:    kmip.CryptographicAlgorithmRSA,
		PaddingMethod:             kmip.PaddingMethodPKCS1V1_5,
		HashingAlgorithm:          kmip.HashingAlgorithmSHA_256,
		DigitalSignatureAlgorithm: kmip.DigitalSignatureAlgorithmSHA_256WithRSAEncryption,
	}
	signed, err := client.Sign(private).WithCryptographicParameters(rsaParameters).Data(data).Exec()
	step("sign", err == nil && len(signed.SignatureData) == 256, err)
	verdict, err := client.SignatureVerify(public).WithCryptographicParameters(rsaParameters).
		Data(data).Signature(signed.SignatureData).Exec()
	step("signature verify", err == nil && verdict.ValidityIndicator == kmip.ValidityIndicatorValid, err)
	signer, err := client.Signer(ctx, private, "")
	step("a signer by its links", err == nil, err)
	shown, _ := signer.Public().(*rsa.PublicKey)
	signature, err := signer.Sign(rand.Reader, digest[:], crypto.SHA256)
	step("PKCS #1 signature of a digest", err == nil && rsa.VerifyPKCS1v15(shown, crypto.SHA256, digest[:], signature) == nil, err)
	pss := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}
	signature, err = signer.Sign(rand.Reader, digest[:], pss)
	step("PSS signature of a digest", err == nil && rsa.VerifyPSS(shown, crypto.SHA256, digest[:], signature, pss) == nil, err)
}

func curveSignature(client *kmipclient.Client, private, public string) {
	digest := sha256.Sum256(data)
	signer, err := client.Signer(ctx, private, public)
	step("an EC signer", err == nil, err)
	signature, err := signer.Sign(rand.Reader, digest[:], crypto.SHA256)
	point, _ := signer.Public().(*ecdsa.PublicKey)
	step("ECDSA signature of a digest", err == nil && ecdsa.VerifyASN1(point, digest[:], signature), err)
}

func activate(client *kmipclient.Client, ids ...string) {
	for _, id := range ids {
		_, err := client.Activate(id).Exec()
		step("activate", true, err)
	}
}

// since tells whether the session's version is this one or a later one.
func since(client *kmipclient.Client, first kmip.ProtocolVersion) bool {
	return ttlv.CompareVersions(client.Version(), first) >= 0
}

// named is a name that no session in another version has.
func named(name string, client *kmipclient.Client) string {
	return name + " by ovh in " + client.Version().String()
}
