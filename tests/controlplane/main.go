// Command controlplane is a real Kubernetes control plane in one process, for tests: etcd, kube-apiserver and the workload
// controllers, with a fake scheduler and kubelet.
//
// When all of it answers, it prints one line of JSON that says how to reach it. It ends, and removes its data, when its
// standard input does, so it does not outlive the test that started it. Killed, it leaves its data: started again on them, it
// goes on where it was, at the same address.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/client-go/kubernetes"
)

var (
	dataDir    = flag.String("data-dir", "", "folder for all that it keeps; sockets are in it, so its path must be short")
	nodes      = flag.Int("nodes", 2, "how many fake nodes there are")
	readyDelay = flag.Duration("ready-delay", 200*time.Millisecond, "time from binding a pod to its being ready")
	slowDelay  = flag.Duration("slow-delay", 3*time.Second, "the same for images tagged :slow")
	serverArgs = flag.String("apiserver-args", "", "more arguments of kube-apiserver, separated by spaces")
)

// ready is what it prints, once.
type ready struct {
	Version     string            `json:"version"`
	Server      string            `json:"server"`
	Kubeconfigs map[string]string `json:"kubeconfigs"`
	Pid         int               `json:"pid"`
	StartMs     int64             `json:"startMs"`
}

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "controlplane:", err)
		os.Exit(1)
	}
}

func run() error {
	start := time.Now()
	if *dataDir == "" {
		return fmt.Errorf("-data-dir is missing")
	}
	dir, err := filepath.Abs(*dataDir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	stderr, log, err := divertStderr(dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stop := whenToStop()

	answer, ended, err := startAll(ctx, dir, stop)
	if err != nil {
		fmt.Fprintln(stderr, "controlplane:", err)
		stderr.Write(tail(log, 6000))
		os.Exit(1)
	}
	answer.StartMs = time.Since(start).Milliseconds()
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		return err
	}
	select {
	case <-stop:
		removeAll(dir)
		os.Exit(0)
	case err := <-ended:
		fmt.Fprintln(stderr, "controlplane: kube-apiserver ended:", err)
		stderr.Write(tail(log, 6000))
		os.Exit(1)
	}
	return nil
}

// startAll starts the parts one after another, each when the one before it answers.
func startAll(ctx context.Context, dir string, stop <-chan struct{}) (*ready, <-chan error, error) {
	port, err := reservePort(filepath.Join(dir, "port"))
	if err != nil {
		return nil, nil, err
	}
	server := fmt.Sprintf("https://127.0.0.1:%d", port)
	people, err := makePeople(dir, server)
	if err != nil {
		return nil, nil, err
	}
	store, err := startEtcd(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("etcd: %w", err)
	}
	ended := startServer(people, port, store, strings.Fields(*serverArgs))
	admin, err := people.config("admin", "kubelet")
	if err != nil {
		return nil, nil, err
	}
	client, err := kubernetes.NewForConfig(admin)
	if err != nil {
		return nil, nil, err
	}
	if err := waitReady(ctx, client, ended, stop); err != nil {
		return nil, nil, err
	}
	controllers, err := people.config("controller-manager", "kube-controller-manager")
	if err != nil {
		return nil, nil, err
	}
	if err := startControllers(ctx, controllers); err != nil {
		return nil, nil, fmt.Errorf("controllers: %w", err)
	}
	if err := startKubelet(ctx, client, *nodes, *readyDelay, *slowDelay); err != nil {
		return nil, nil, fmt.Errorf("kubelet: %w", err)
	}
	if err := waitServiceAccount(ctx, client); err != nil {
		return nil, nil, err
	}
	version, err := client.Discovery().ServerVersion()
	if err != nil {
		return nil, nil, err
	}
	return &ready{Version: version.GitVersion, Server: server, Kubeconfigs: people.kubeconfigs, Pid: os.Getpid()}, ended, nil
}

// divertStderr sends what the components log into a file. It returns the real standard error.
func divertStderr(dir string) (*os.File, string, error) {
	name := filepath.Join(dir, "log")
	log, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, "", err
	}
	real, err := unix.Dup(2)
	if err != nil {
		return nil, "", err
	}
	unix.CloseOnExec(real)
	return os.NewFile(uintptr(real), "stderr"), name, unix.Dup2(int(log.Fd()), 2)
}

// whenToStop gives a channel that is closed when standard input ends, or a signal comes.
func whenToStop() <-chan struct{} {
	stop, signals := make(chan struct{}), make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	closed := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(closed)
	}()
	go func() {
		select {
		case <-signals:
		case <-closed:
		}
		close(stop)
	}()
	return stop
}

// removeAll tries a few times: etcd may still be writing.
func removeAll(dir string) {
	for range 5 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func tail(file string, most int) []byte {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return text[max(0, len(text)-most):]
}
