@NullMarked
package org.nutjvm.cgi.pages;

import org.jspecify.annotations.NullMarked;
