package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

// kubelet plays the scheduler and the kubelets: it binds pods to nodes that are not there, and tells how they fare (outcome.go).
type kubelet struct {
	client      kubernetes.Interface
	nodes       []string
	ready, slow time.Duration
	mu          sync.Mutex
	stages      map[types.UID]string
}

func startKubelet(ctx context.Context, client kubernetes.Interface, count int, ready, slow time.Duration) error {
	k := &kubelet{client: client, ready: ready, slow: slow, stages: map[types.UID]string{}}
	for i := range count {
		name := fmt.Sprintf("node-%d", i+1)
		if err := k.addNode(ctx, name); err != nil {
			return err
		}
		k.nodes = append(k.nodes, name)
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	see := func(object any) {
		if pod, ok := object.(*corev1.Pod); ok {
			k.sync(ctx, pod)
		}
	}
	factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    see,
		UpdateFunc: func(_, object any) { see(object) },
		DeleteFunc: func(object any) {
			if pod, ok := object.(*corev1.Pod); ok {
				k.mu.Lock()
				delete(k.stages, pod.UID)
				k.mu.Unlock()
			}
		},
	})
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	return nil
}

// addNode makes a node, unless it is there from before.
func (k *kubelet) addNode(ctx context.Context, name string) error {
	nodes := k.client.CoreV1().Nodes()
	node, err := nodes.Create(ctx, &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{
		"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
	}}}, metav1.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	if err != nil {
		return err
	}
	// An admission plugin taints new nodes as not ready; the controller that takes that off does not run here.
	node.Spec.Taints = nil
	if node, err = nodes.Update(ctx, node, metav1.UpdateOptions{}); err != nil {
		return err
	}
	now := metav1.Now()
	node.Status.Capacity = corev1.ResourceList{
		"cpu": resource.MustParse("64"), "memory": resource.MustParse("256Gi"), "pods": resource.MustParse("1000"),
	}
	node.Status.Allocatable = node.Status.Capacity
	node.Status.Conditions = []corev1.NodeCondition{{
		Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady", LastHeartbeatTime: now, LastTransitionTime: now,
	}}
	_, err = nodes.UpdateStatus(ctx, node, metav1.UpdateOptions{})
	return err
}

// enter says whether a pod comes to a stage for the first time.
func (k *kubelet) enter(pod *corev1.Pod, stage string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stages[pod.UID] == stage {
		return false
	}
	k.stages[pod.UID] = stage
	return true
}

func (k *kubelet) sync(ctx context.Context, pod *corev1.Pod) {
	switch {
	case pod.DeletionTimestamp != nil:
		if pod.Spec.NodeName != "" && k.enter(pod, "delete") {
			go k.remove(ctx, pod)
		}
	case pod.Spec.NodeName == "":
		if k.enter(pod, "bind") {
			go k.schedule(ctx, pod)
		}
	case pod.Status.Phase == corev1.PodPending:
		if k.enter(pod, "run") {
			go k.start(ctx, pod)
		}
	}
}

func (k *kubelet) remove(ctx context.Context, pod *corev1.Pod) {
	atOnce := int64(0)
	k.log("delete", pod, k.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: &atOnce, Preconditions: metav1.NewUIDPreconditions(string(pod.UID)),
	}))
}

// schedule binds a pod to a node, or says that there is none for it.
func (k *kubelet) schedule(ctx context.Context, pod *corev1.Pod) {
	pods := k.client.CoreV1().Pods(pod.Namespace)
	if node := k.pick(pod); node != "" {
		k.log("bind", pod, pods.Bind(ctx, &corev1.Binding{
			ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: pod.Namespace, UID: pod.UID},
			Target:     corev1.ObjectReference{Kind: "Node", Name: node},
		}, metav1.CreateOptions{}))
		return
	}
	pod = pod.DeepCopy()
	pod.Status.Conditions = append(pod.Status.Conditions, corev1.PodCondition{
		Type: corev1.PodScheduled, Status: corev1.ConditionFalse, Reason: corev1.PodReasonUnschedulable, LastTransitionTime: metav1.Now(),
		Message: fmt.Sprintf("0/%d nodes are available: %d node(s) didn't match Pod's node affinity/selector.", len(k.nodes), len(k.nodes)),
	})
	_, err := pods.UpdateStatus(ctx, pod, metav1.UpdateOptions{})
	k.log("status", pod, err)
}

// pick chooses a node: the one that a DaemonSet's controller or a selector names, else any.
func (k *kubelet) pick(pod *corev1.Pod) string {
	if name := namedNode(pod); name != "" {
		return name
	}
	if host, ok := pod.Spec.NodeSelector["kubernetes.io/hostname"]; ok {
		if slices.Contains(k.nodes, host) {
			return host
		}
		return ""
	}
	return k.nodes[hashOf(pod.UID)%uint32(len(k.nodes))]
}

func namedNode(pod *corev1.Pod) string {
	affinity := pod.Spec.Affinity
	if affinity == nil || affinity.NodeAffinity == nil || affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution == nil {
		return ""
	}
	for _, term := range affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms {
		for _, field := range term.MatchFields {
			if field.Key == "metadata.name" && len(field.Values) == 1 {
				return field.Values[0]
			}
		}
	}
	return ""
}

// log tells of what went wrong and is no race: pods go away and change while something is done to them.
func (k *kubelet) log(what string, pod *corev1.Pod, err error) {
	if err != nil && !errors.IsNotFound(err) && !errors.IsConflict(err) {
		klog.Errorf("kubelet: %s %s/%s: %v", what, pod.Namespace, pod.Name, err)
	}
}

func hashOf(uid types.UID) uint32 {
	hash := fnv.New32a()
	hash.Write([]byte(uid))
	return hash.Sum32()
}
