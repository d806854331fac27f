package org.nutjvm.tools.nutconf;

/// A file's text while it is being changed.
interface EditedFile {
    /// The text as it is now.
    byte[] bytes();
}
