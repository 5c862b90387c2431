// Package composetest runs docker-compose.yml without a container engine.
//
// The model: compose's own loader reads the file with an .env that is filled in as
// .env.example says. PostgreSQL comes from the machine's binaries and is set up by
// the very script that the container runs; each other service is started as a process
// of its own with exactly the environment, command, key files and order that the file
// gives it, and is waited for by the file's own health checks. Only what a container
// network would provide is replaced: host names become free ports of 127.0.0.1, and
// mounts become directories. Then people do the main job over the API.
//
// The package has no code outside its tests.
package composetest
