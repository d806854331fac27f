package org.nutjvm.cgi.ups;

/// Keeps guessing at passwords slow: those who try one go through it one by one, and after a wrong one all wait a
/// while.
public interface Guard {
    /// Waits for a turn.
    ///
    /// @return false if that takes too long: then nobody's password is to be tried
    boolean enter();

    /// Ends the turn.
    ///
    /// @param wrong whether user or password were wrong
    void leave(boolean wrong);
}
