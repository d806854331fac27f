package org.nutjvm.cgi.pages;

/// Makes marks that nobody else can make, so that a form can be known again that was given out to this browser for
/// this purpose not long ago.
public interface Seal {
    /// A new secret for a browser to keep.
    String secret();

    /// The mark of a form.
    ///
    /// @param secret what the browser keeps
    /// @param purpose what the form does
    String mark(String secret, String purpose);

    /// Whether that mark was made here for the same secret and purpose, and is not too old.
    boolean genuine(String mark, String secret, String purpose);
}
