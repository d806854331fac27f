package org.nutjvm.tools.nutconf;

/// What an option cannot mean, or a file that cannot be read. The message is the sentence for the administrator.
final class Wrong extends Exception {
    private static final long serialVersionUID = 1;
    private final String message;

    Wrong(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
