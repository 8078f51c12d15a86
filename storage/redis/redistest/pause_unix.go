//go:build unix

package redistest

import "syscall"

// Pause stops the process where it is: connections stay, answers do not come.
func (s *Server) Pause() {
	s.tb.Helper()
	if err := s.process.Process.Signal(syscall.SIGSTOP); err != nil {
		s.tb.Fatalf("pause redis-server: %v", err)
	}
}

// Resume lets a paused process go on.
func (s *Server) Resume() {
	s.tb.Helper()
	if err := s.process.Process.Signal(syscall.SIGCONT); err != nil {
		s.tb.Fatalf("resume redis-server: %v", err)
	}
}
