/// What is known of all UPSes at one moment, and how that changes.
@NullMarked
package org.nutjvm.cgi.board;

import org.jspecify.annotations.NullMarked;
