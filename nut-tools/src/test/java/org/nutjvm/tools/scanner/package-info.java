@NullMarked
package org.nutjvm.tools.scanner;

import org.jspecify.annotations.NullMarked;
