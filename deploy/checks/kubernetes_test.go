package checks

import (
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// built are the resources of a kustomization, each decoded as its kind, with
// every field known.
func built(t *testing.T, folder string) map[string]any {
	t.Helper()
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, r := range resources.Resources() {
		var into any
		switch r.GetKind() {
		case "Namespace":
			into = &corev1.Namespace{}
		case "ConfigMap":
			into = &corev1.ConfigMap{}
		case "Service":
			into = &corev1.Service{}
		case "Deployment":
			into = &appsv1.Deployment{}
		case "StatefulSet":
			into = &appsv1.StatefulSet{}
		case "PodDisruptionBudget":
			into = &policyv1.PodDisruptionBudget{}
		case "NetworkPolicy":
			into = &networkingv1.NetworkPolicy{}
		default:
			t.Fatalf("nothing is known of the kind %s", r.GetKind())
		}
		raw, err := r.AsYAML()
		if err == nil {
			err = yaml.UnmarshalStrict(raw, into)
		}
		if err != nil {
			t.Errorf("%s %s: %v", r.GetKind(), r.GetName(), err)
		}
		if ns := r.GetNamespace(); r.GetKind() != "Namespace" && ns != "secadvisor" {
			t.Errorf("%s %s is in the namespace %q", r.GetKind(), r.GetName(), ns)
		}
		all[r.GetKind()+"/"+r.GetName()] = into
	}
	return all
}

func TestKubernetes(t *testing.T) {
	all := built(t, "../kubernetes")
	bot := all["Deployment/secadvisor"].(*appsv1.Deployment)
	redis := all["StatefulSet/redis"].(*appsv1.StatefulSet)
	if *bot.Spec.Replicas < 2 || all["PodDisruptionBudget/secadvisor"] == nil {
		t.Error("a node that goes takes the bot with it")
	}
	for name, pod := range map[string]corev1.PodSpec{"secadvisor": bot.Spec.Template.Spec, "redis": redis.Spec.Template.Spec} {
		restricted(t, name, pod)
		if policy, ok := all["NetworkPolicy/"+name].(*networkingv1.NetworkPolicy); !ok || policy.Spec.PodSelector.MatchLabels["app.kubernetes.io/name"] != name || len(policy.Spec.PolicyTypes) != 2 {
			t.Errorf("%s: no network policy holds for it", name)
		}
	}
	c := bot.Spec.Template.Spec.Containers[0]
	if c.ReadinessProbe.HTTPGet.Path != "/readyz" || c.LivenessProbe.HTTPGet.Path != "/healthz" {
		t.Error("the probes ask for other pages than the bot has")
	}
	if !strings.Contains(strings.Join(redis.Spec.Template.Spec.Containers[0].Args, " "), "--appendonly yes") {
		t.Error("redis does not write its changes down")
	}
	for _, from := range c.EnvFrom {
		if from.ConfigMapRef != nil && all["ConfigMap/"+from.ConfigMapRef.Name] == nil {
			t.Errorf("there is no config map %s", from.ConfigMapRef.Name)
		}
	}
}

// restricted holds a pod against the restricted standard.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/
func restricted(t *testing.T, name string, pod corev1.PodSpec) {
	t.Helper()
	p := pod.SecurityContext
	if p == nil || p.RunAsNonRoot == nil || !*p.RunAsNonRoot || p.SeccompProfile == nil || p.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		t.Errorf("%s may run as root, or without seccomp", name)
	}
	if pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
		t.Errorf("%s gets a token for the cluster", name)
	}
	for _, c := range pod.Containers {
		s := c.SecurityContext
		if s == nil || s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem ||
			s.Capabilities == nil || len(s.Capabilities.Drop) != 1 || s.Capabilities.Drop[0] != "ALL" {
			t.Errorf("%s: the container %s has rights that it does not need", name, c.Name)
		}
		if c.Resources.Limits.Memory().IsZero() || c.ReadinessProbe == nil || c.LivenessProbe == nil {
			t.Errorf("%s: the container %s has no limit of memory, or no probes", name, c.Name)
		}
	}
}
