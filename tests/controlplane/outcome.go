package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// readyAfter is an annotation of a pod that says how long it takes to be ready, in place of the flags.
const readyAfter = "fixture/ready-after"

// flakyTime is how long a container tagged :flaky is ready: less than a minReadySeconds of 2, which counts from a whole second.
const flakyTime = 200 * time.Millisecond

// fate is what the tag of an image makes of a container.
type fate struct {
	state corev1.ContainerState
	last  corev1.ContainerState
	// Whether the pod can leave the phase Pending.
	pending  bool
	restarts int32
}

// fates of containers that do not get ready. The words are the kubelet's.
func fateOf(container corev1.Container, now metav1.Time) *fate {
	waiting := func(reason, message string) corev1.ContainerState {
		return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
	}
	ended := func(reason string, code int32) corev1.ContainerState {
		return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: reason, ExitCode: code, StartedAt: now, FinishedAt: now}}
	}
	again := waiting("CrashLoopBackOff", "back-off 40s restarting failed container="+container.Name)
	switch tag(container.Image) {
	case "broken":
		return &fate{pending: true, state: waiting("ImagePullBackOff", fmt.Sprintf("Back-off pulling image %q", container.Image))}
	case "crash":
		return &fate{state: again, last: ended("Error", 1), restarts: 3}
	case "oom":
		return &fate{state: again, last: ended("OOMKilled", 137), restarts: 3}
	case "unready":
		return &fate{state: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}}
	}
	return nil
}

// start tells how a pod fares once it is bound: it gets ready, or what its images say.
func (k *kubelet) start(ctx context.Context, pod *corev1.Pod) {
	status, allReady := statusOf(pod)
	select {
	case <-time.After(k.delay(pod)):
	case <-ctx.Done():
		return
	}
	k.tell(ctx, pod, func(current *corev1.Pod) {
		status.QOSClass = current.Status.QOSClass
		status.Conditions = conditions(current, allReady)
		current.Status = status
	})
	k.lapse(ctx, pod)
	k.failProbes(ctx, pod)
}

// lapse makes the containers of a pod unready that were ready for a moment only.
func (k *kubelet) lapse(ctx context.Context, pod *corev1.Pod) {
	if !slices.ContainsFunc(pod.Spec.Containers, isFlaky) {
		return
	}
	select {
	case <-time.After(flakyTime):
	case <-ctx.Done():
		return
	}
	k.tell(ctx, pod, func(current *corev1.Pod) {
		for i := range current.Status.ContainerStatuses {
			status := &current.Status.ContainerStatuses[i]
			status.Ready = status.Ready && tag(status.Image) != "flaky"
		}
		current.Status.Conditions = conditions(current, false)
	})
}

func isFlaky(container corev1.Container) bool {
	return tag(container.Image) == "flaky"
}

// tell changes the status of a pod that is still there, though others write to it.
func (k *kubelet) tell(ctx context.Context, pod *corev1.Pod, change func(current *corev1.Pod)) {
	pods := k.client.CoreV1().Pods(pod.Namespace)
	for range 5 {
		current, err := pods.Get(ctx, pod.Name, metav1.GetOptions{})
		if err != nil || current.UID != pod.UID || current.DeletionTimestamp != nil {
			return
		}
		change(current)
		_, err = pods.UpdateStatus(ctx, current, metav1.UpdateOptions{})
		k.log("status", pod, err)
		if !errors.IsConflict(err) {
			return
		}
	}
}

func statusOf(pod *corev1.Pod) (corev1.PodStatus, bool) {
	now, allReady := metav1.Now(), true
	status := corev1.PodStatus{Phase: corev1.PodRunning, HostIP: "10.1.0.1", PodIP: podIP(pod.UID), StartTime: &now}
	status.PodIPs = []corev1.PodIP{{IP: status.PodIP}}
	for _, container := range pod.Spec.InitContainers {
		status.InitContainerStatuses = append(status.InitContainerStatuses, corev1.ContainerStatus{
			Name: container.Name, Image: container.Image, Ready: true,
			State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now}},
		})
	}
	for _, container := range pod.Spec.Containers {
		started := true
		of := corev1.ContainerStatus{
			Name: container.Name, Image: container.Image, ImageID: "fixture://" + container.Image,
			ContainerID: "fixture://" + string(pod.UID) + "/" + container.Name, Ready: true, Started: &started,
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}},
		}
		if fate := fateOf(container, now); fate != nil {
			allReady, started = false, fate.state.Running != nil
			of.Ready, of.State, of.LastTerminationState, of.RestartCount = false, fate.state, fate.last, fate.restarts
			if fate.pending {
				of.ImageID, of.ContainerID, status.Phase = "", "", corev1.PodPending
			}
		}
		status.ContainerStatuses = append(status.ContainerStatuses, of)
	}
	return status, allReady
}

func (k *kubelet) delay(pod *corev1.Pod) time.Duration {
	delay := k.ready
	for _, container := range pod.Spec.Containers {
		if tag(container.Image) == "slow" {
			delay = k.slow
		}
	}
	if after, err := time.ParseDuration(pod.Annotations[readyAfter]); err == nil {
		delay = after
	}
	return delay
}

// conditions are those of others (PodScheduled, readiness gates), and the kubelet's own.
func conditions(pod *corev1.Pod, allReady bool) []corev1.PodCondition {
	var all []corev1.PodCondition
	for _, condition := range pod.Status.Conditions {
		switch condition.Type {
		case corev1.PodInitialized, corev1.ContainersReady, corev1.PodReady:
		default:
			all = append(all, condition)
		}
	}
	own := func(kind corev1.PodConditionType, holds bool) corev1.PodCondition {
		condition := corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: metav1.Now()}
		if !holds {
			condition.Status, condition.Reason = corev1.ConditionFalse, "ContainersNotReady"
		}
		return condition
	}
	return append(all, own(corev1.PodInitialized, true), own(corev1.ContainersReady, allReady), own(corev1.PodReady, allReady))
}

// failProbes tells of the probes that fail, as the kubelet does: by an event, and nowhere else.
func (k *kubelet) failProbes(ctx context.Context, pod *corev1.Pod) {
	for _, container := range pod.Spec.Containers {
		if tag(container.Image) != "unready" && !isFlaky(container) {
			continue
		}
		now := metav1.Now()
		_, err := k.client.CoreV1().Events(pod.Namespace).Create(ctx, &corev1.Event{
			ObjectMeta: metav1.ObjectMeta{GenerateName: pod.Name + "."},
			InvolvedObject: corev1.ObjectReference{
				APIVersion: "v1", Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name, UID: pod.UID,
				FieldPath: "spec.containers{" + container.Name + "}",
			},
			Type: corev1.EventTypeWarning, Reason: "Unhealthy", Count: 1, FirstTimestamp: now, LastTimestamp: now,
			Message: "Readiness probe failed: HTTP probe failed with statuscode: 503",
			Source:  corev1.EventSource{Component: "kubelet", Host: pod.Spec.NodeName},
		}, metav1.CreateOptions{})
		k.log("event", pod, err)
	}
}

func tag(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if at := strings.LastIndexByte(image, ':'); at >= 0 && !strings.Contains(image[at:], "/") {
		return image[at+1:]
	}
	return "latest"
}

func podIP(uid types.UID) string {
	hash := hashOf(uid)
	return fmt.Sprintf("10.%d.%d.%d", 2+hash%250, hash>>8&255, 1+hash>>16&127)
}
