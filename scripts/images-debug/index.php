<?php

function greet($name)
{
    $greeting = "hello $name";
    return $greeting;
}

echo greet($_GET['name']);
