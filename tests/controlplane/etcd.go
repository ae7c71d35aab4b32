package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// startEtcd serves the data of a folder on a socket in it, and returns the address.
func startEtcd(dir string) (string, error) {
	config := embed.NewConfig()
	config.Dir = filepath.Join(dir, "etcd")
	config.LogLevel, config.LogOutputs = "error", []string{filepath.Join(dir, "etcd.log")}
	config.UnsafeNoFsync = true
	// A single member elects itself: at once.
	config.TickMs, config.ElectionMs = 10, 50
	client := url.URL{Scheme: "unix", Path: filepath.Join(dir, "etcd.sock")}
	// It dials no peers, but listens for them; nobody reads the address that it tells, but 3.5 wants a port in it.
	local := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{client}, []url.URL{local}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{local}, []url.URL{local}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return "", err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return client.String(), nil
	case <-time.After(30 * time.Second):
		return "", fmt.Errorf("not ready after 30 s")
	}
}
