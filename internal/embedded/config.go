package embedded

import (
	"fmt"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

// services run in this process, the frontend first: its port is the one that may be given.
var services = []string{
	string(primitives.FrontendService), string(primitives.InternalFrontendService),
	string(primitives.HistoryService), string(primitives.MatchingService), string(primitives.WorkerService),
}

const (
	clusterName = "active"
	loopback    = "127.0.0.1"
)

// dynamicConfig differs from Temporal's defaults where the design asks for it.
var dynamicConfig = dynamicconfig.StaticClient{
	// Stamps the authenticated sender on the events of Starts and Signals.
	dynamicconfig.EnablePrincipalPropagation.Key(): true,
	// The gate limits Updates per case already; with the default of 10 a burst of forged Updates on one case makes
	// a genuine one wait for retries instead of sharing their workflow task.
	dynamicconfig.WorkflowExecutionMaxInFlightUpdates.Key(): 128,
	// One process serves every queue: partitions would only cost.
	dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
	dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
}

func serverConfig(o TemporalOptions, store config.Persistence, ports []int) *config.Config {
	cfg := &config.Config{
		Persistence: store,
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
				Enabled: true, InitialFailoverVersion: 1, RPCAddress: fmt.Sprintf("%s:%d", loopback, ports[0]),
			}},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            map[string]config.Service{},
		Archival: config.Archival{
			History: config.HistoryArchival{State: "disabled"}, Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
	}
	cfg.Global.Membership = config.Membership{MaxJoinDuration: 30 * time.Second, BroadcastAddress: loopback}
	for i, name := range services {
		rpc := config.RPC{GRPCPort: ports[i], BindOnIP: loopback}
		if i == 0 {
			rpc.BindOnIP = o.Host
		}
		cfg.Services[name] = config.Service{RPC: rpc}
	}
	return cfg
}

// staticHosts names each service's only host, so that no membership protocol runs and no port is opened for it.
func staticHosts(cfg *config.Config) map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, s := range cfg.Services {
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(fmt.Sprintf("%s:%d", loopback, s.RPC.GRPCPort))
	}
	return hosts
}
