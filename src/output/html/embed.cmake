# embed.cmake - page.html with page.css and the scripts, as bytes for html.c to include.
#     cmake -DFOLDER=src/output/html -DOUT=build/.../html_page.inc -P embed.cmake
# Style and script are constant, so the page's policy can name them by their hashes.

# BASE64 of HEX: three bytes are four signs.
function(encode_base64 result hex)
    set(signs "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    string(LENGTH "${hex}" digits)
    set(text "")
    foreach(at RANGE 0 ${digits} 6)
        string(SUBSTRING "${hex}000000" ${at} 6 three)
        foreach(shift 18 12 6 0)
            math(EXPR sign "(0x${three} >> ${shift}) & 63")
            string(SUBSTRING "${signs}" ${sign} 1 sign)
            string(APPEND text ${sign})
        endforeach()
    endforeach()
    # The 32 bytes of a hash are 43 signs; one `=` fills the last four.
    string(SUBSTRING "${text}" 0 43 text)
    set(${result} "${text}=" PARENT_SCOPE)
endfunction()

# One script of the parts, whose names stay its own.
set(script "(function () {\n'use strict';\n\n")
foreach(part data picture move panel table page)
    file(READ ${FOLDER}/${part}.js text)
    string(APPEND script "${text}\n")
endforeach()
string(APPEND script "}());\n")
file(READ ${FOLDER}/page.css style)

file(READ ${FOLDER}/page.html page)
foreach(name script style)
    if(${name} MATCHES "{{|</|<!--|\r")
        message(FATAL_ERROR "the page's ${name} may not hold '${CMAKE_MATCH_0}'")
    endif()
    string(SHA256 hash "${${name}}")
    encode_base64(hash ${hash})
    string(REPLACE "{{${name}-hash}}" "sha256-${hash}" page "${page}")
    string(REPLACE "{{${name}}}" "${${name}}" page "${page}")
endforeach()
file(WRITE ${OUT}.html "${page}")
file(READ ${OUT}.html bytes HEX)
file(REMOVE ${OUT}.html)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x0a,)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUT} "${bytes}")
