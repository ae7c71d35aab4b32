package main

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/util/flowcontrol"
	"k8s.io/controller-manager/pkg/informerfactory"
	"k8s.io/kubernetes/pkg/controller/clusterroleaggregation"
	"k8s.io/kubernetes/pkg/controller/daemon"
	"k8s.io/kubernetes/pkg/controller/deployment"
	"k8s.io/kubernetes/pkg/controller/garbagecollector"
	"k8s.io/kubernetes/pkg/controller/namespace"
	"k8s.io/kubernetes/pkg/controller/replicaset"
	"k8s.io/kubernetes/pkg/controller/replication"
	"k8s.io/kubernetes/pkg/controller/serviceaccount"
	"k8s.io/kubernetes/pkg/controller/statefulset"
)

// startControllers runs those of kube-controller-manager that workloads need, made by its own constructors with its defaults
// for bursts and workers, but for Deployments: with the golden set thousands of them come at once. The command itself takes
// minutes more to build, and does the same with them.
func startControllers(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	objects, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	kinds, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	known := informers.NewSharedInformerFactory(client, 0)
	others := metadatainformer.NewSharedInformerFactory(objects, 0)
	apps, core := known.Apps().V1(), known.Core().V1()

	deployments, err := deployment.NewDeploymentController(ctx, apps.Deployments(), apps.ReplicaSets(), core.Pods(), client)
	if err != nil {
		return err
	}
	daemonSets, err := daemon.NewDaemonSetsController(ctx, apps.DaemonSets(), apps.ControllerRevisions(), core.Pods(), core.Nodes(),
		client, flowcontrol.NewBackOff(time.Second, 15*time.Minute))
	if err != nil {
		return err
	}
	replicaSets := replicaset.NewReplicaSetController(ctx, apps.ReplicaSets(), core.Pods(), client, replicaset.BurstReplicas)
	replications := replication.NewReplicationManager(ctx, core.Pods(), core.ReplicationControllers(), client, replication.BurstReplicas)
	statefulSets := statefulset.NewStatefulSetController(ctx, core.Pods(), apps.StatefulSets(), core.PersistentVolumeClaims(),
		apps.ControllerRevisions(), client)
	namespaces := namespace.NewNamespaceController(ctx, client, objects, kinds.ServerPreferredNamespacedResources, core.Namespaces(),
		5*time.Minute, corev1.FinalizerKubernetes)
	accounts, err := newServiceAccounts(ctx, core.ServiceAccounts(), core.Namespaces(), client,
		serviceaccount.DefaultServiceAccountsControllerOptions())
	if err != nil {
		return err
	}
	roles := clusterroleaggregation.NewClusterRoleAggregation(known.Rbac().V1().ClusterRoles(), client.RbacV1())
	ignored := map[schema.GroupResource]struct{}{}
	for resource := range garbagecollector.DefaultIgnoredResources() {
		ignored[resource] = struct{}{}
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(kinds))
	started := make(chan struct{})
	garbage, err := garbagecollector.NewGarbageCollector(ctx, client, objects, mapper, ignored,
		informerfactory.NewInformerFactory(known, others), started)
	if err != nil {
		return err
	}

	go deployments.Run(ctx, 20)
	go daemonSets.Run(ctx, 2)
	go replicaSets.Run(ctx, 5)
	go replications.Run(ctx, 5)
	go statefulSets.Run(ctx, 5)
	go namespaces.Run(ctx, 10)
	go accounts.Run(ctx, 1)
	go roles.Run(ctx, 5)
	go runGarbage(ctx, garbage, 20)
	go garbage.Sync(ctx, kinds, 5*time.Second)
	known.Start(ctx.Done())
	others.Start(ctx.Done())
	close(started)
	return nil
}
