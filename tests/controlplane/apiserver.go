package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// startServer runs kube-apiserver. What the channel gives is why it ended.
func startServer(people *people, port int, store string, more []string) <-chan error {
	command := apiserver.NewAPIServerCommand()
	command.SilenceErrors = true
	command.SetArgs(append([]string{
		"--bind-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", port), "--permit-port-sharing",
		"--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none", "--etcd-servers=" + store,
		"--tls-cert-file=" + people.path("apiserver.crt"), "--tls-private-key-file=" + people.path("apiserver.key"),
		"--client-ca-file=" + people.path("ca.crt"), "--token-auth-file=" + people.path("tokens.csv"),
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + people.path("sa.key"), "--service-account-signing-key-file=" + people.path("sa.key"),
		"--service-cluster-ip-range=10.0.0.0/24", "--authorization-mode=RBAC", "--cert-dir=" + people.dir,
		"--profiling=false", "--allow-privileged=true", "--shutdown-delay-duration=0s",
		// Tests ask as fast as they can, and are not what this is for.
		"--enable-priority-and-fairness=false", "--max-requests-inflight=0", "--max-mutating-requests-inflight=0",
	}, more...))
	ended := make(chan error, 1)
	go func() { ended <- command.Execute() }()
	return ended
}

// reservePort takes the port that a file names, else a free one, which it writes there. The port stays ours: its socket never
// listens, and is never closed, and kube-apiserver binds beside it (--permit-port-sharing).
func reservePort(file string) (int, error) {
	wanted := 0
	text, err := os.ReadFile(file)
	if err == nil {
		wanted, err = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return 0, err
	}
	unix.CloseOnExec(socket)
	if err := unix.SetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1); err != nil {
		return 0, err
	}
	if err := unix.Bind(socket, &unix.SockaddrInet4{Port: wanted, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, err
	}
	bound, err := unix.Getsockname(socket)
	if err != nil {
		return 0, err
	}
	port := bound.(*unix.SockaddrInet4).Port
	return port, os.WriteFile(file, []byte(strconv.Itoa(port)), 0o600)
}

func waitReady(ctx context.Context, client kubernetes.Interface, ended <-chan error, stop <-chan struct{}) error {
	var last error
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		select {
		case err := <-ended:
			return fmt.Errorf("kube-apiserver ended: %v", err)
		case <-stop:
			return fmt.Errorf("stopped before it was ready")
		default:
		}
		if _, last = client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx); last == nil {
			return nil
		}
	}
	return fmt.Errorf("kube-apiserver is not ready: %w", last)
}

// waitServiceAccount waits for what pods need, as a sign that the controllers work.
func waitServiceAccount(ctx context.Context, client kubernetes.Interface) error {
	var err error
	for range 600 {
		if _, err = client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{}); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("the service account default/default did not appear: %w", err)
}
