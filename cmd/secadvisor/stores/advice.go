package stores

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/storage/embedded"
)

// Advice is what mends a store that does not open, a sentence or two for whoever
// runs it; empty: err says it itself, or nothing is known that would help.
func Advice(address string, err error) string {
	if config.StorageKind(address) == "file" {
		return fileAdvice(err)
	}
	return redisAdvice(address, err)
}

func fileAdvice(err error) string {
	switch {
	case errors.Is(err, embedded.ErrInUse):
		return "A server that keeps its data in a file has it for itself. Stop the other one; several at once need Redis."
	case errors.Is(err, fs.ErrPermission):
		return "Let the user who runs the server read and write the file and its folder: ls -l shows whose they are, chown changes it."
	case errors.Is(err, fs.ErrNotExist):
		return "Make its folder first, and let the user who runs the server write there; or name another file under storage."
	case errors.Is(err, syscall.EISDIR):
		return "Name a file in that folder under storage, such as secadvisor.db."
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS):
		return "Make room on that disk, and look whether it may be written to; or name a file on another one under storage."
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return "It is no store of this program, or it is damaged: name the right file under storage, or put a backup back."
	}
	return ""
}

// redisAdvice goes by what Redis says: https://redis.io/docs/latest/commands/auth/
// and its kin begin their errors with a word in capitals.
func redisAdvice(address string, err error) string {
	scheme, _, _ := strings.Cut(address, "://")
	says := func(words string) bool { return strings.Contains(err.Error(), words) }
	var name *net.DNSError
	var unknown x509.UnknownAuthorityError
	switch {
	case says("NOAUTH"):
		return "This Redis wants a password: write it into the address, as " + scheme + "://:PASSWORD@HOST:PORT, and that into the secrets file, as SECADVISOR_STORAGE=."
	case says("WRONGPASS"):
		return "Look at user and password in the address, " + scheme + "://USER:PASSWORD@HOST:PORT; in a password write / # ? @ % as %2F %23 %3F %40 %25."
	case says("NOPERM"):
		return "Give this user the rights that deploy/OPERATING.md lists under Redis over TLS."
	case says("OOM "):
		return "Redis has used all the memory that it may, and forgets nothing to make room: raise maxmemory (CONFIG SET maxmemory, then CONFIG REWRITE)."
	case says("MISCONF "):
		return "Redis cannot write to its disk: make room there, or look into its log."
	case says("READONLY "):
		return "This Redis is the replica of another one: name that one in the address."
	case says("LOADING "):
		return "Redis is still reading its data: wait until it is done, and try again."
	case says("cluster support disabled"):
		return "It is one Redis and no cluster: begin the address with " + strings.Replace(scheme, "+cluster", "", 1) + "://."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nothing answers there: start Redis, or mend host and port of the address under storage."
	case errors.As(err, &name):
		return "Mend the name in the address under storage, or the machine's DNS."
	case errors.As(err, &unknown):
		return "Add ?ca_file=FILE to the address, with the certificate of the authority that signed that of Redis."
	case says("first record does not look like a TLS handshake"), cutOff(err) && strings.HasPrefix(scheme, "rediss"):
		return "Look whether this port of Redis speaks TLS; if it does not, begin the address with " + strings.Replace(scheme, "rediss", "redis", 1) + "://. A firewall may also be in between."
	case cutOff(err):
		return "A firewall may be in between, or Redis is in protected mode; and if that port speaks TLS, the address begins with " + strings.Replace(scheme, "redis", "rediss", 1) + "://."
	}
	return ""
}

// cutOff reports whether nothing was said, or not to its end.
func cutOff(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
}
