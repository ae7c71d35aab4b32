package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// users by name, with the groups in their certificates.
var users = map[string][]string{
	"admin":              {"system:masters"},
	"controller-manager": {"system:masters"},
	// Has no rights of its own: tests bind roles to it.
	"viewer": nil,
}

// people are those who may come to the server, and the files that say so.
type people struct {
	dir         string
	kubeconfigs map[string]string
}

// makePeople writes keys, certificates and kubeconfigs into a folder, unless they are there.
func makePeople(dir, server string) (*people, error) {
	p := &people{dir: filepath.Join(dir, "pki"), kubeconfigs: map[string]string{}}
	for _, name := range append(names(), "viewer-token") {
		p.kubeconfigs[name] = filepath.Join(dir, name+".kubeconfig")
	}
	if _, err := os.Stat(p.path("complete")); err == nil {
		return p, nil
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return nil, err
	}
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	if err := p.writeServer(authority); err != nil {
		return nil, err
	}
	for name, groups := range users {
		certificate, key, err := authority.issue(name, groups, x509.ExtKeyUsageClientAuth)
		if err != nil {
			return nil, err
		}
		who := &api.AuthInfo{ClientCertificateData: certificate, ClientKeyData: key}
		if err := p.writeKubeconfig(name, server, authority, who); err != nil {
			return nil, err
		}
	}
	token := rand.Text()
	if err := os.WriteFile(p.path("tokens.csv"), []byte(token+",viewer,viewer\n"), 0o600); err != nil {
		return nil, err
	}
	if err := p.writeKubeconfig("viewer-token", server, authority, &api.AuthInfo{Token: token}); err != nil {
		return nil, err
	}
	return p, os.WriteFile(p.path("complete"), nil, 0o600)
}

func names() []string {
	var all []string
	for name := range users {
		all = append(all, name)
	}
	return all
}

func (p *people) path(file string) string { return filepath.Join(p.dir, file) }

// config is that of a user, for a client in this process. Managed fields take the name of their manager from the agent. Objects
// go as kube-controller-manager sends them, which takes less time than JSON.
func (p *people) config(user, agent string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", p.kubeconfigs[user])
	if err != nil {
		return nil, err
	}
	config.UserAgent, config.QPS, config.Burst = agent, 1000, 2000
	config.ContentType, config.AcceptContentTypes = runtime.ContentTypeProtobuf, runtime.ContentTypeProtobuf+","+runtime.ContentTypeJSON
	return config, nil
}

func (p *people) writeServer(authority *authority) error {
	certificate, key, err := authority.issue("kube-apiserver", nil, x509.ExtKeyUsageServerAuth)
	if err != nil {
		return err
	}
	accounts, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	// kube-apiserver reads public keys from this file too, and does not take PKCS #8 for that.
	der, err := x509.MarshalECPrivateKey(accounts)
	if err != nil {
		return err
	}
	files := map[string][]byte{
		"ca.crt": authority.pem, "apiserver.crt": certificate, "apiserver.key": key,
		"sa.key": pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}),
	}
	for name, bytes := range files {
		if err := os.WriteFile(p.path(name), bytes, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (p *people) writeKubeconfig(name, server string, authority *authority, who *api.AuthInfo) error {
	config := api.NewConfig()
	config.Clusters["fixture"] = &api.Cluster{Server: server, CertificateAuthorityData: authority.pem}
	config.AuthInfos[name] = who
	config.Contexts["fixture"] = &api.Context{Cluster: "fixture", AuthInfo: name, Namespace: "default"}
	config.CurrentContext = "fixture"
	return clientcmd.WriteToFile(*config, p.kubeconfigs[name])
}

// authority signs the certificates of the server and of its users.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
	pem         []byte
	serial      int64
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	a := &authority{key: key, certificate: &x509.Certificate{
		Subject: pkix.Name{CommonName: "fixture-ca"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, SubjectKeyId: []byte{1, 2, 3, 4},
	}}
	a.pem, err = a.sign(a.certificate, key.Public())
	return a, err
}

// issue makes a key and a certificate of it, both as PEM.
func (a *authority) issue(name string, groups []string, usage x509.ExtKeyUsage) ([]byte, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := a.sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: groups}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{usage}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 0, 0, 1)},
	}, key.Public())
	if err != nil {
		return nil, nil, err
	}
	// PKCS #8 is what every TLS library reads.
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return certificate, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

func (a *authority) sign(certificate *x509.Certificate, public crypto.PublicKey) ([]byte, error) {
	a.serial++
	certificate.SerialNumber = big.NewInt(a.serial)
	certificate.NotBefore, certificate.NotAfter = time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0)
	der, err := x509.CreateCertificate(rand.Reader, certificate, a.certificate, public, a.key)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), err
}
