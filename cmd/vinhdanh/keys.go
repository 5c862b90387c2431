package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/config"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/keys"
)

// keyFolder is the folder of these settings. Revoking and renewing are done on the
// offline machine, where the root's key is.
func keyFolder() (keys.Folder, error) {
	cfg, err := config.FromEnv(os.Getenv)
	if err != nil {
		return "", err
	}
	return keys.Folder(cfg.KeysDir), cfg.Need("VINHDANH_KEYS")
}

func revokeKey() *cobra.Command {
	c := &cobra.Command{Use: "revoke KEY", Short: "Revoke a key of the ring in VINHDANH_KEYS, with the offline root", Args: cobra.ExactArgs(1)}
	reason := c.Flags().String("reason", "", "why; it stands in the ring")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		folder, err := keyFolder()
		if err != nil {
			return err
		}
		if *reason == "" {
			return fmt.Errorf("--reason must say why")
		}
		if err := folder.Revoke(args[0], *reason, time.Now()); err != nil {
			return err
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "keyring.jws is signed anew: upload it on the page of keys, or with vinhdanh admin keys upload.")
		return nil
	}
	return c
}

func renewPersonalKey() *cobra.Command {
	return &cobra.Command{
		Use: "renew-personal", Short: "Add a new key of personal numbers to personal.key; serve closes them under it when it starts", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := keyFolder()
			if err != nil {
				return err
			}
			id, err := folder.RenewPersonal()
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), id)
			fmt.Fprintln(cmd.ErrOrStderr(), "Restart every serve; back personal.key up; the earlier lines stay until serve says that the numbers are closed under the newest.")
			return nil
		},
	}
}

func renewKey() *cobra.Command {
	return &cobra.Command{
		Use: "renew PURPOSE", Short: "Add a new key of a purpose (app, session, issuance) to the ring, with the offline root", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder, err := keyFolder()
			if err != nil {
				return err
			}
			s, err := folder.Renew(envelope.Purpose(args[0]), time.Now())
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s\n", s.KeyID)
			fmt.Fprintln(cmd.ErrOrStderr(), "Upload keyring.jws first; then put the new key file where its process reads it and restart that process.")
			return nil
		},
	}
}
