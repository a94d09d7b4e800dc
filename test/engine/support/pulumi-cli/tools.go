//go:build tools

// Package tools pins the Pulumi CLI that the engine tests drive when none is on PATH.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
