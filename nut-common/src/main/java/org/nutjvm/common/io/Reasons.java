package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why something failed, in the words C programs print (strerror), for messages people and scripts know.
public final class Reasons {
    private Reasons() {}

    /// The reason alone, without the file's name that Java's messages carry.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case NotDirectoryException _ -> "Not a directory";
            case FileAlreadyExistsException _ -> "File exists";
            case FileSystemLoopException _ -> "Too many levels of symbolic links";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> inBrackets(e);
        };
    }

    /// java.io's streams say `FILE (REASON)`.
    private static String inBrackets(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        int open = message.lastIndexOf(" (");
        return open > 0 && message.endsWith(")") ? message.substring(open + 2, message.length() - 1) : message;
    }
}
