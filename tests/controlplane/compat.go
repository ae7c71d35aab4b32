package main

import (
	"context"
	"time"

	coreinformers "k8s.io/client-go/informers/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/garbagecollector"
	"k8s.io/kubernetes/pkg/controller/serviceaccount"
)

// Constructors changed between minor versions. A switch over the type takes either form, so one source builds with all.

type (
	accountController = *serviceaccount.ServiceAccountsController
	accountOptions    = serviceaccount.ServiceAccountsControllerOptions
	accountInformer   = coreinformers.ServiceAccountInformer
	namespaceInformer = coreinformers.NamespaceInformer
)

func newServiceAccounts(
	ctx context.Context, accounts accountInformer, namespaces namespaceInformer, client kubernetes.Interface, options accountOptions,
) (accountController, error) {
	switch make := any(serviceaccount.NewServiceAccountsController).(type) {
	case func(accountInformer, namespaceInformer, kubernetes.Interface, accountOptions) (accountController, error): // up to 1.34
		return make(accounts, namespaces, client, options)
	case func(klog.Logger, accountInformer, namespaceInformer, kubernetes.Interface, accountOptions) (accountController, error):
		return make(klog.FromContext(ctx), accounts, namespaces, client, options)
	}
	panic("serviceaccount.NewServiceAccountsController: unknown signature")
}

func runGarbage(ctx context.Context, collector *garbagecollector.GarbageCollector, workers int) {
	switch garbage := any(collector).(type) {
	case interface{ Run(context.Context, int) }: // up to 1.31
		garbage.Run(ctx, workers)
	case interface {
		Run(context.Context, int, time.Duration)
	}:
		garbage.Run(ctx, workers, 30*time.Second)
	default:
		panic("GarbageCollector.Run: unknown signature")
	}
}
